import { practiceInCharge, reach } from '../support/builders';
import { anOffice, expectIdempotent, refusesAsEveryOfficeAct } from './office-acts';
import { expectProblem, invalid } from './support';

const office = anOffice();

refusesAsEveryOfficeAct(office, {
  path: 'reject',
  act: 'reject',
  label: 'Rifiuta',
  body: { message: 'Mancano i requisiti.' },
  impossible: { on: 'registered', status: 'registered', statusLabel: 'Protocollata', allowedIn: 'In carico' },
  onlyAssignee: true,
});

test.each<[string, unknown, { rule: string; message: string }]>([
  ['missing', undefined, { rule: 'required', message: 'Manca "message".' }],
  ['too short', 'No.', { rule: 'tooSmall', message: '"message" deve avere almeno 10 caratteri.' }],
  ['only spaces', ' '.repeat(20), { rule: 'tooSmall', message: '"message" deve avere almeno 10 caratteri.' }],
  ['too long', 'x'.repeat(5001), { rule: 'tooBig', message: '"message" può avere al massimo 5000 caratteri.' }],
])('reasons that are %s are refused', async (_name, message, error) => {
  const { operator, inCharge } = office();
  const path = `/api/v1/practices/${inCharge}/reject`;
  expectProblem(await operator.post(path, { actVersion: 1, message }), invalid({ path: 'message', ...error }));
});

test('a practice is rejected with one decision, however often the same request comes', async () => {
  const { system, citizen, operator } = office();
  const id = await practiceInCharge(system, citizen, operator);
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const given = { actVersion, message: 'Il veicolo non è del richiedente.' };
  await expectIdempotent(operator, id, 'reject', given, { ...given, message: 'Per altri motivi.' });
  const rejected = await reach(citizen, id, 'rejected');
  expect(rejected).toMatchObject({ outcome: 'rejected', statusLabel: 'Rifiutata' });
  expect(await system.db.prisma.document.count({ where: { practiceId: id, kind: 'decision' } })).toBe(1);
});

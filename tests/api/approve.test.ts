import { practiceInCharge, reach } from '../support/builders';
import { anOffice, expectIdempotent, refusesAsEveryOfficeAct } from './office-acts';
import { expectProblem, invalid } from './support';

const office = anOffice();

refusesAsEveryOfficeAct(office, {
  path: 'approve',
  act: 'approve',
  label: 'Approva',
  body: { message: 'Requisiti verificati.' },
  impossible: { on: 'registered', status: 'registered', statusLabel: 'Protocollata', allowedIn: 'In carico' },
  onlyAssignee: true,
});

test.each<[string, unknown, { rule: string; message: string }]>([
  ['too long', 'x'.repeat(5001), { rule: 'tooBig', message: '"message" può avere al massimo 5000 caratteri.' }],
  ['no text', 7, { rule: 'type', message: '"message" deve essere un testo.' }],
])('a message that is %s is refused', async (_name, message, error) => {
  const { operator, inCharge } = office();
  const path = `/api/v1/practices/${inCharge}/approve`;
  expectProblem(await operator.post(path, { actVersion: 1, message }), invalid({ path: 'message', ...error }));
});

test('a practice is approved with one decision, however often the same request comes', async () => {
  const { system, citizen, operator } = office();
  const id = await practiceInCharge(system, citizen, operator);
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const body = await expectIdempotent(operator, id, 'approve', { actVersion }, { actVersion, message: 'Altro testo.' });
  expect(['deciding', 'registeringOutcome', 'approved']).toContain(body.practice.status);
  const approved = await reach(citizen, id, 'approved');
  expect(approved).toMatchObject({ outcome: 'approved', statusLabel: 'Accettata' });
  expect(await system.db.prisma.document.count({ where: { practiceId: id, kind: 'decision' } })).toBe(1);
});

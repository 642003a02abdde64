import { practiceInCharge, reach } from '../support/builders';
import { anOffice, expectIdempotent, refusesAsEveryOfficeAct } from './office-acts';
import { anInstant, expectProblem, invalid } from './support';

const office = anOffice();
const message = 'Serve una foto del veicolo in cui si legga la targa.';
const photo = { key: 'photo', label: 'Foto del veicolo' };

refusesAsEveryOfficeAct(office, {
  path: 'integration-requests',
  act: 'requestIntegration',
  label: 'Richiedi integrazioni',
  body: { message, fields: ['vehicle.plate'], documents: [photo] },
  impossible: { on: 'registered', status: 'registered', statusLabel: 'Protocollata', allowedIn: 'In carico' },
  onlyAssignee: true,
});

test.each<[string, object, { path: string; rule: string; message: string }[]]>([
  ['no message', { message: undefined }, [{ path: 'message', rule: 'required', message: 'Manca "message".' }]],
  [
    'a message that is too short',
    { message: 'Foto.' },
    [{ path: 'message', rule: 'tooSmall', message: '"message" deve avere almeno 10 caratteri.' }],
  ],
  [
    'nothing asked for',
    { fields: [], documents: [] },
    [{ path: 'fields', rule: 'required', message: 'Indica almeno un campo o un documento da integrare.' }],
  ],
  [
    'fields that the form does not have, or that hold files',
    { fields: ['vehicle.plate', 'vehicle.colour', 'vehicle.registrationCertificate'] },
    [
      { path: 'fields.1', rule: 'unknown', message: 'Il modulo non ha il campo "vehicle.colour".' },
      { path: 'fields.2', rule: 'unknown', message: 'Il modulo non ha il campo "vehicle.registrationCertificate".' },
    ],
  ],
  [
    'fields that are text',
    { fields: 'vehicle.plate' },
    [{ path: 'fields', rule: 'type', message: '"fields" deve essere un elenco.' }],
  ],
  [
    'too many fields',
    { fields: Array(51).fill('vehicle.plate') },
    [{ path: 'fields', rule: 'tooBig', message: '"fields" può avere al massimo 50 elementi.' }],
  ],
  [
    'a document key that is no name',
    { documents: [{ key: 'Foto 1', label: 'Foto' }] },
    [{ path: 'documents.0.key', rule: 'format', message: '"key" deve essere scritto in un’altra forma.' }],
  ],
  [
    'a document without label',
    { documents: [{ key: 'photo', label: '' }] },
    [{ path: 'documents.0.label', rule: 'tooSmall', message: '"label" deve avere almeno 3 caratteri.' }],
  ],
  [
    'two documents under one key',
    { documents: [photo, photo] },
    [{ path: 'documents.1.key', rule: 'doubled', message: 'La chiave "photo" è già di un altro documento.' }],
  ],
])('%s: refused, and every mistake is listed', async (_name, wrong, errors) => {
  const { operator, inCharge } = office();
  const body = { message, fields: ['vehicle.plate'], actVersion: 1, ...wrong };
  expectProblem(await operator.post(`/api/v1/practices/${inCharge}/integration-requests`, body), invalid(...errors));
});

test('integrations are asked for once, and the applicant reads what to give and by when', async () => {
  const { system, citizen, operator } = office();
  const id = await practiceInCharge(system, citizen, operator);
  const { actVersion } = (await operator.get(`/api/v1/practices/${id}`)).body;
  const given = { message, fields: ['vehicle.plate'], documents: [photo], actVersion };
  await expectIdempotent(operator, id, 'integration-requests', given, { ...given, fields: [] });
  const seen = await reach(citizen, id, 'awaitingIntegration');
  expect(seen.integration).toEqual({
    round: 1,
    message,
    fields: ['vehicle.plate'],
    documents: [photo],
    answerBy: anInstant,
  });
});

import { randomUUID } from 'node:crypto';
import { act, aPdf, aPng, expectStatus, practiceInCharge, reach } from '../support/builders';
import { anOffice } from './office-acts';
import {
  anId,
  anInstant,
  expectProblem,
  frozen,
  IDEMPOTENCY_KEY_MISSING,
  IDEMPOTENCY_KEY_REUSED,
  invalid,
  malformed,
  PRACTICE_NOT_FOUND,
  sendRaw,
} from './support';

const office = anOffice();
const asked = {
  message: 'Serve una foto del veicolo in cui si legga la targa.',
  fields: ['vehicle.plate', 'applicant.phone'],
  documents: [{ key: 'photo', label: 'Foto del veicolo' }],
};

/** Refusals change nothing, so that one practice serves all of them. */
let open: string;
let photo: string;
beforeAll(async () => {
  open = await awaitingIntegration();
  photo = await aPhoto(open);
});

async function awaitingIntegration(): Promise<string> {
  const { system, citizen, operator } = office();
  const id = await practiceInCharge(system, citizen, operator);
  await expectStatus(200, act(operator, id, 'integration-requests', asked));
  await reach(citizen, id, 'awaitingIntegration');
  return id;
}

async function aPhoto(id: string): Promise<string> {
  return (await expectStatus(201, office().citizen.upload(id, 'integration.1.photo', 'foto.png', aPng))).id;
}

function answer(id: string, body: unknown, key?: string, client = office().citizen) {
  return client.post(`/api/v1/practices/${id}/integration-answers`, body, key);
}

const values = { 'vehicle.plate': 'ab 123 ce', 'applicant.phone': '+39 333 1234567' };

test('an empty answer: everything that was asked for is listed', async () => {
  expectProblem(
    await answer(open, {}),
    invalid(
      { path: 'values.vehicle.plate', rule: 'required', message: 'Compila "Targa".' },
      { path: 'values.applicant.phone', rule: 'required', message: 'Compila "Telefono".' },
      { path: 'documents.photo', rule: 'required', message: 'Allega: Foto del veicolo.' },
    ),
  );
});

test('what was not asked for is refused, not dropped', async () => {
  const message = 'La richiesta di integrazioni non lo chiede.';
  const body = {
    values: { ...values, 'vehicle.model': 'Fiat Panda' },
    documents: { photo: [photo], identity: [photo] },
  };
  expectProblem(
    await answer(open, body),
    invalid(
      { path: 'values.vehicle.model', rule: 'unknown', message },
      { path: 'documents.identity', rule: 'unknown', message },
    ),
  );
});

test('wrong values and files that are not of this request are listed', async () => {
  const { citizen, system } = office();
  const { id: submitted } = await system.db.prisma.attachment.findFirstOrThrow({
    where: { practiceId: open, field: 'vehicle.registrationCertificate' },
  });
  const wrongFile = {
    path: 'documents.photo',
    rule: 'attachment',
    message: 'Un file indicato per "Foto del veicolo" non è stato caricato per questa richiesta.',
  };
  for (const file of [submitted, randomUUID()]) {
    expectProblem(
      await answer(open, { values: { ...values, 'vehicle.plate': 'X' }, documents: { photo: [file] } }),
      invalid(
        { path: 'values.vehicle.plate', rule: 'plate', message: 'La targa non è corretta: scrivila come AB123CD.' },
        wrongFile,
      ),
    );
  }
  const taken = await citizen.upload(open, 'integration.2.photo', 'foto.png', aPng);
  const message = 'Usa uno di: integration.1.photo.';
  expectProblem(taken, invalid({ path: 'field', rule: 'unknown', message }));
});

test.each<[string, unknown, { path: string; rule: string; message: string }]>([
  [
    'values that are a list',
    { values: [] },
    { path: 'values', rule: 'type', message: '"values" deve essere un oggetto.' },
  ],
  [
    'a file that is no id',
    { documents: { photo: ['foto.png'] } },
    { path: 'documents.photo.0', rule: 'format', message: '"photo" deve essere un identificativo (UUID).' },
  ],
  [
    'a file outside a list',
    { documents: { photo: 'x' } },
    { path: 'documents.photo', rule: 'type', message: '"photo" deve essere un elenco.' },
  ],
  [
    'a message that is too long',
    { message: 'x'.repeat(5001) },
    { path: 'message', rule: 'tooBig', message: '"message" può avere al massimo 5000 caratteri.' },
  ],
  [
    'a member with a wrong name',
    { valori: {} },
    { path: 'valori', rule: 'unknown', message: '"valori" qui non esiste: controlla il nome.' },
  ],
])('%s: refused', async (_name, body, error) => {
  expectProblem(await answer(open, body), invalid(error));
});

test('a body that is missing or no JSON, a missing key, another citizen: refused', async () => {
  const { system, citizen } = office();
  const path = `/api/v1/practices/${open}/integration-answers`;
  const good = { values, documents: { photo: [photo] } };
  expectProblem(await citizen.post(path), malformed('il corpo è vuoto'));
  expectProblem(await sendRaw(citizen, 'POST', path, '{'), malformed('non è JSON valido'));
  expectProblem(await citizen.send('POST', path, { body: good }), IDEMPOTENCY_KEY_MISSING);
  expectProblem(await answer(open, good, randomUUID(), await system.as('paolo.esposito')), PRACTICE_NOT_FOUND);
});

test('when nothing was asked for it is refused with the state in which it is possible', async () => {
  const labels = { act: 'answerIntegration', actLabel: 'Rispondi alla richiesta di integrazioni' };
  expectProblem(await answer(office().inCharge, {}), {
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    status: 409,
    title: 'Azione non possibile in questo stato',
    detail: '"Rispondi alla richiesta di integrazioni" non è possibile: la pratica è nello stato "In carico".',
    remedy:
      'Si può fare quando la pratica è: In attesa di integrazioni. Ricarica la pratica per vedere che cosa è cambiato.',
    params: { ...labels, status: 'inCharge', statusLabel: 'In carico', allowedIn: 'In attesa di integrazioni' },
  });
  expectProblem(await answer(office().rejected, {}), {
    code: 'PRACTICE_CLOSED',
    status: 409,
    title: 'Pratica conclusa',
    detail:
      'La pratica è conclusa con lo stato "Rifiutata": "Rispondi alla richiesta di integrazioni" non è più possibile.',
    remedy: 'Documenti, messaggi e pagamenti restano consultabili. Per una nuova esigenza presenta una nuova domanda.',
    params: { ...labels, status: 'rejected', statusLabel: 'Rifiutata' },
  });
  const upload = await office().citizen.upload(office().inCharge, 'integration.1.photo', 'foto.pdf', await aPdf());
  expectProblem(upload, frozen('In carico'));
});

test('an answer is taken once; sent again with the same key, also later, it has the same receipt', async () => {
  const { operator } = office();
  const id = await awaitingIntegration();
  const good = { message: 'Ecco la foto.', values, documents: { photo: [await aPhoto(id)] } };
  const key = randomUUID();
  const [first, twin] = await Promise.all([answer(id, good, key), answer(id, good, key)]);
  expect([first.status, twin.status]).toEqual([200, 200]);
  expect(first.body).toEqual({
    commandId: anId,
    receivedAt: anInstant,
    practice: expect.objectContaining({ id, integration: null }),
  });
  await reach(operator, id, 'inCharge');
  const late = await answer(id, good, key);
  expect(late.status).toBe(200);
  const receipts = [first, twin, late].map(({ body }) => ({ ...body, practice: null }));
  expect(receipts).toEqual(Array(3).fill(receipts[0]));
  expectProblem(await answer(id, { ...good, message: 'Altro.' }, key), IDEMPOTENCY_KEY_REUSED);
});

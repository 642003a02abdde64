import { randomUUID } from 'node:crypto';
import { aPdf, awaitingPayment, completeDraft, expectStatus, reach, ztlContent } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import {
  ALREADY_SUBMITTED,
  aDigest,
  anId,
  anInstant,
  expectProblem,
  IDEMPOTENCY_KEY_MISSING,
  IDEMPOTENCY_KEY_REUSED,
  invalid,
  PRACTICE_NOT_FOUND,
} from './support';

const FIELD = 'vehicle.registrationCertificate';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

function submit(id: string, key?: string, client = citizen) {
  return client.post(`/api/v1/practices/${id}/submit`, undefined, key);
}

async function aDraft(data: (file: string) => object): Promise<string> {
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const file = await expectStatus(201, citizen.upload(id, FIELD, 'libretto.pdf', await aPdf()));
  await expectStatus(200, citizen.put(`/api/v1/practices/${id}/draft`, { data: data(file.id) }));
  return id;
}

test('an application is sent: receipt, digest and a practice that waits for its payment', async () => {
  const id = await completeDraft(citizen);
  const { status, headers, body } = await submit(id);
  expect(status).toBe(200);
  expect(body).toEqual({
    commandId: anId,
    receivedAt: anInstant,
    sha256: aDigest,
    practice: expect.objectContaining({
      id,
      status: 'awaitingPayment',
      statusLabel: 'In attesa di pagamento',
      confirmedAt: body.receivedAt,
      dataSha256: body.sha256,
      pending: [],
    }),
  });
  expect(headers['etag']).toBe(`"${body.practice.actVersion}"`);
});

test('an empty draft: every missing field is listed, in the order of the form', async () => {
  const { id } = await expectStatus(201, citizen.post('/api/v1/practices', { service: 'permesso-ztl' }));
  const required = (path: string, label: string, message = `Compila "${label}".`) => ({
    path: `data.${path}`,
    rule: 'required',
    message,
  });
  expectProblem(
    await submit(id),
    invalid(
      required('applicant.givenName', 'Nome'),
      required('applicant.familyName', 'Cognome'),
      required('applicant.taxCode', 'Codice fiscale'),
      required('applicant.email', 'E-mail'),
      required('residence.street', 'Via e numero civico'),
      required('residence.city', 'Comune'),
      required('vehicle.plate', 'Targa'),
      required('vehicle.model', 'Marca e modello'),
      required(
        'vehicle.registrationCertificate',
        'Carta di circolazione',
        'Allega il file per "Carta di circolazione".',
      ),
      required('permit.reason', 'Motivo della richiesta', 'Scegli una risposta per "Motivo della richiesta".'),
      required('permit.from', 'Dal giorno'),
      required('permit.privacy', '', "Per continuare devi accettare: Ho letto l'informativa sulla privacy."),
    ),
  );
});

test('every wrong value is listed with its rule and what to do', async () => {
  const id = await aDraft((file) =>
    ztlContent([file], {
      applicant: { givenName: 'G'.repeat(81), taxCode: 'BNCGLI85T50D612B', email: 'giulia', phone: 'abc' },
      vehicle: { plate: 'X', model: 7 },
      permit: { reason: 'holiday', from: '2026-02-30', privacy: false },
    }),
  );
  expectProblem(
    await submit(id),
    invalid(
      {
        path: 'data.applicant.givenName',
        rule: 'tooLong',
        message: '"Nome" può avere al massimo 80 caratteri: ora sono 81.',
      },
      {
        path: 'data.applicant.taxCode',
        rule: 'taxCode',
        message: 'Il codice fiscale non è corretto: controlla i 16 caratteri, anche l’ultimo.',
      },
      {
        path: 'data.applicant.email',
        rule: 'email',
        message: "L'indirizzo e-mail non è corretto: scrivilo come nome@esempio.it.",
      },
      {
        path: 'data.applicant.phone',
        rule: 'phone',
        message: 'Il numero di telefono può avere solo cifre, spazi e il + iniziale (da 6 a 20 cifre).',
      },
      { path: 'data.vehicle.plate', rule: 'plate', message: 'La targa non è corretta: scrivila come AB123CD.' },
      { path: 'data.vehicle.model', rule: 'text', message: '"Marca e modello" deve essere un testo.' },
      {
        path: 'data.permit.reason',
        rule: 'option',
        message: 'Per "Motivo della richiesta" scegli una delle risposte proposte.',
      },
      {
        path: 'data.permit.from',
        rule: 'date',
        message: '"Dal giorno" deve essere una data che esiste, per esempio 27 3 2026.',
      },
      {
        path: 'data.permit.privacy',
        rule: 'required',
        message: "Per continuare devi accettare: Ho letto l'informativa sulla privacy.",
      },
    ),
  );
});

test('what the form does not ask is refused, not dropped', async () => {
  const id = await aDraft((file) => ({ ...ztlContent([file], { vehicle: { colour: 'red' } }), extra: { a: 1 } }));
  const message = 'Questa domanda non esiste nel modulo.';
  expectProblem(
    await submit(id),
    invalid(
      { path: 'data.vehicle.colour', rule: 'unknown', message },
      { path: 'data.extra', rule: 'unknown', message },
    ),
  );
});

test('an attachment that is missing, of another field or of another practice is named', async () => {
  const missing = '00000000-0000-7000-8000-000000000000';
  const elsewhere = await completeDraft(citizen);
  const { id: foreign } = await system.db.prisma.attachment.findFirstOrThrow({ where: { practiceId: elsewhere } });
  const id = await aDraft(() => ({}));
  const photo = await expectStatus(201, citizen.upload(id, 'permit.photo', 'foto.pdf', await aPdf()));
  for (const file of [missing, foreign, photo.id]) {
    await expectStatus(200, citizen.put(`/api/v1/practices/${id}/draft`, { data: ztlContent([file]) }));
    expectProblem(
      await submit(id),
      invalid({
        path: 'data.vehicle.registrationCertificate.0',
        rule: 'attachment',
        message: `L'allegato indicato per "Carta di circolazione" non è stato caricato in questo campo.`,
      }),
    );
  }
  await expectStatus(200, citizen.put(`/api/v1/practices/${id}/draft`, { data: ztlContent(['libretto.pdf']) }));
  expectProblem(
    await submit(id),
    invalid({
      path: 'data.vehicle.registrationCertificate',
      rule: 'file',
      message: 'I file di "Carta di circolazione" non sono stati caricati: caricali di nuovo.',
    }),
  );
});

test('sent again with the same key the answer is the same, with another key it was sent already', async () => {
  const id = await completeDraft(citizen);
  const key = randomUUID();
  const first = await submit(id, key);
  const second = await submit(id, key);
  expect(second.status).toBe(200);
  // The receipt is the same; the practice is shown as it is now.
  expect({ ...second.body, practice: null }).toEqual({ ...first.body, practice: null });
  expectProblem(await submit(id), ALREADY_SUBMITTED);
  expect(await system.db.prisma.submission.count({ where: { practiceId: id } })).toBe(1);
});

test('with two keys at once one is taken and the other was too late', async () => {
  const id = await completeDraft(citizen);
  const answers = await Promise.all([submit(id), submit(id)]);
  const [taken, late] = answers.sort((a, b) => a.status - b.status);
  expect(taken?.status).toBe(200);
  if (late) expectProblem(late, ALREADY_SUBMITTED);
});

test('twenty equal requests at once get twenty equal receipts of one submission', async () => {
  const id = await completeDraft(citizen);
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(id, key)));
  const [first] = answers;
  for (const { status, body } of answers) {
    expect(status).toBe(200);
    expect({ ...body, practice: body.practice.id }).toEqual({ ...first?.body, practice: id });
  }
  expect(await system.db.prisma.inboxRow.count({ where: { practiceId: id, type: 'submit' } })).toBe(1);
  expect(await system.db.prisma.submission.count({ where: { practiceId: id } })).toBe(1);
  expect(await system.db.prisma.payment.count({ where: { practiceId: id } })).toBe(1);
});

test('one key for two practices: the second is refused, also at the same moment', async () => {
  const ids = [await completeDraft(citizen), await completeDraft(citizen)] as const;
  const key = randomUUID();
  const answers = await Promise.all(ids.map((id) => submit(id, key)));
  const [taken, refused] = answers.sort((a, b) => a.status - b.status);
  expect(taken?.status).toBe(200);
  if (refused) expectProblem(refused, IDEMPOTENCY_KEY_REUSED);
});

test('without a key, of another citizen, or once it was paid it is refused', async () => {
  const id = await awaitingPayment(citizen);
  expectProblem(await citizen.send('POST', `/api/v1/practices/${id}/submit`), IDEMPOTENCY_KEY_MISSING);
  expectProblem(await submit(id, randomUUID(), await system.as('paolo.esposito')), PRACTICE_NOT_FOUND);
  expectProblem(await submit(id), ALREADY_SUBMITTED);
  await reach(citizen, id, 'awaitingPayment');
});

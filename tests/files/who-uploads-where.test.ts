import { clientWithSession, expectProblem, frozen, invalid, type WholeProblem } from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { decides, happened, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
let service: string;
/** Each knocks with a session of their own. */
const as = (username: string): Promise<ApiClient> => clientWithSession(system, username);
let id: string;
let pdf: Buffer;
beforeAll(async () => {
  system = await startSystem();
  service = await offer(system, { rejectionNotice: 'optional' });
  pdf = await aPdf();
  id = await inCharge();
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

async function inCharge(): Promise<string> {
  const citizen = await as('giulia.bianchi');
  const practice = await sent(citizen, service);
  await reach(citizen, practice, 'registered');
  await decides(await as('marco.conti'), practice, 'take-charge');
  return practice;
}

const FIELDS = [
  'message',
  'note',
  'decision',
  'communication',
  'observations',
  'applicant.photo',
  'integration.1.photo',
] as const;

const NOT_FOUND = '404 PRACTICE_NOT_FOUND';
const FORBIDDEN = '403 FORBIDDEN';

/** In charge to Marco; no integration is open and no rejection was announced. */
test.each<[string, readonly string[]]>([
  [
    'giulia.bianchi',
    ['201', FORBIDDEN, FORBIDDEN, FORBIDDEN, '409 ACT_NOT_ALLOWED_IN_STATE', '409 DRAFT_FROZEN', '409 DRAFT_FROZEN'],
  ],
  ['marco.conti', ['201', '201', '201', '201', '403 NOT_APPLICANT', '403 NOT_APPLICANT', '403 NOT_APPLICANT']],
  [
    'sara.ferri',
    [
      '201',
      '201',
      '403 NOT_ASSIGNEE',
      '403 NOT_ASSIGNEE',
      '403 NOT_APPLICANT',
      '403 NOT_APPLICANT',
      '403 NOT_APPLICANT',
    ],
  ],
  [
    'elena.riva',
    [
      '201',
      '201',
      '403 NOT_ASSIGNEE',
      '403 NOT_ASSIGNEE',
      '403 NOT_APPLICANT',
      '403 NOT_APPLICANT',
      '403 NOT_APPLICANT',
    ],
  ],
  ['paolo.esposito', FIELDS.map(() => NOT_FOUND)],
  ['luca.neri', FIELDS.map(() => NOT_FOUND)],
  ['admin', FIELDS.map(() => FORBIDDEN)],
  ['revisore', FIELDS.map(() => FORBIDDEN)],
])('%s uploads only where that is theirs to do', async (username, expected) => {
  const client = await as(username);
  const answers: string[] = [];
  for (const field of FIELDS) {
    const { status, body } = await client.upload(id, field, 'a.pdf', pdf);
    answers.push(status === 201 ? '201' : `${status} ${body.code}`);
  }
  expect(answers).toEqual(expected);
});

const FOR_ASSIGNEE: WholeProblem = {
  code: 'NOT_ASSIGNEE',
  status: 403,
  title: 'Pratica in carico a un altro operatore',
  detail: '"Carica un allegato" spetta solo a chi ha in carico la pratica.',
  remedy: 'Subentra nella pratica, poi ripeti l’azione.',
  params: { actLabel: 'Carica un allegato', held: true },
};
const FOR_OFFICE: WholeProblem = {
  code: 'FORBIDDEN',
  status: 403,
  title: 'Non consentito',
  detail: 'Il ruolo "cittadino" non può usare questa risorsa.',
  remedy: 'Serve uno di questi ruoli: operatore, responsabile.',
  params: { role: 'citizen', roles: 'operator, manager' },
};

test('each refusal says who may and what to do', async () => {
  const [citizen, colleague, operator] = await Promise.all([as('giulia.bianchi'), as('sara.ferri'), as('marco.conti')]);
  expectProblem(await citizen.upload(id, 'note', 'a.pdf', pdf), FOR_OFFICE);
  expectProblem(await colleague.upload(id, 'decision', 'a.pdf', pdf), FOR_ASSIGNEE);
  expectProblem(await citizen.upload(id, 'applicant.photo', 'a.pdf', pdf), frozen('In carico'));
  expectProblem(await operator.upload(id, 'applicant.photo', 'a.pdf', pdf), {
    code: 'NOT_APPLICANT',
    status: 403,
    title: 'Azione riservata al richiedente',
    detail: '"Carica un allegato" spetta solo a chi ha presentato la domanda.',
    remedy: 'Accedi con l’identità del richiedente o di un suo delegato.',
    params: { actLabel: 'Carica un allegato' },
  });
  expectProblem(await citizen.upload(id, 'observations', 'a.pdf', pdf), {
    code: 'ACT_NOT_ALLOWED_IN_STATE',
    status: 409,
    title: 'Azione non possibile in questo stato',
    detail: '"Invia le osservazioni" non è possibile: la pratica è nello stato "In carico".',
    remedy:
      'Si può fare quando la pratica è: Preavviso di rigetto. Ricarica la pratica per vedere che cosa è cambiato.',
    params: { actLabel: 'Invia le osservazioni', statusLabel: 'In carico', allowedIn: 'Preavviso di rigetto' },
  });
});

test('on a draft only its questions are open: nobody would read a message', async () => {
  const citizen = await as('giulia.bianchi');
  const draft = (await expectStatus(201, citizen.post('/api/v1/practices', { service }))).id;
  expectProblem(await citizen.upload(draft, 'message', 'a.pdf', pdf), {
    code: 'MESSAGES_NOT_OPEN',
    status: 409,
    title: 'Messaggi non ancora possibili',
    detail: 'La domanda è ancora una bozza: nessuno leggerebbe il messaggio.',
    remedy: 'Invia la domanda e poi scrivi il messaggio; prima usa i contatti dell’ufficio.',
  });
  const message = 'Ora non è richiesto alcun allegato.';
  expectProblem(
    await citizen.upload(draft, 'request.plan', 'a.pdf', pdf),
    invalid({ path: 'field', rule: 'unknown', message }),
  );
});

test('while an integration is open its documents are taken, in the larger list of kinds', async () => {
  const [citizen, operator] = await Promise.all([as('giulia.bianchi'), as('marco.conti')]);
  const practice = await inCharge();
  const documents = [{ key: 'plan', label: 'Planimetria' }];
  await decides(operator, practice, 'integration-requests', { message: 'Serve la planimetria.', documents });
  await reach(citizen, practice, 'awaitingIntegration');
  const text = Buffer.from('Planimetria: vedi sotto.');
  const { status, body } = await citizen.upload(practice, 'integration.1.plan', 'piano.txt', text);
  expect([status, body.contentType]).toEqual([201, 'text/plain']);
  const message = 'Usa uno di: integration.1.plan.';
  for (const field of ['integration.2.plan', 'integration.1.photo', 'integration.1.', 'request.plan']) {
    expectProblem(
      await citizen.upload(practice, field, 'piano.txt', text),
      invalid({ path: 'field', rule: 'unknown', message }),
    );
  }
  await happened(citizen, practice, 'delivered');
});

test('after a rejection notice the applicant adds files to the observations', async () => {
  const [citizen, operator] = await Promise.all([as('giulia.bianchi'), as('marco.conti')]);
  const practice = await inCharge();
  await decides(operator, practice, 'rejection-notices', { message: 'Manca il requisito della residenza.' });
  await reach(citizen, practice, 'rejectionNoticed');
  expect((await citizen.upload(practice, 'observations', 'a.pdf', pdf)).status).toBe(201);
  expect((await operator.upload(practice, 'observations', 'a.pdf', pdf)).body.code).toBe('NOT_APPLICANT');
  await happened(citizen, practice, 'delivered');
});

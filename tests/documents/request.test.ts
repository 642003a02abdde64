import type { PracticeId } from '../../src/domain/ids';
import { sha256 } from '../../src/platform/digest';
import {
  aFile,
  anAct,
  aPractice,
  aService,
  content,
  type Desk,
  FILED,
  MARCO,
  openDesk,
  printRequest,
  TENANT_ID,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function giveStamp(practice: PracticeId, number: string, phase: string): Promise<void> {
  const commandId = await anAct(desk, practice, 'provideStamps', {});
  await desk.db.prisma.stamp.create({
    data: {
      tenantId: TENANT_ID,
      number,
      practiceId: practice,
      commandId,
      phase,
      amountCents: 1600,
      issuedOn: new Date('2026-11-20'),
      createdAt: FILED,
    },
  });
}

test('a request shows the answers, the files with their digests, and who signed it how', async () => {
  const practice = await aPractice(desk, { attachments: [aFile('libretto.pdf')] });
  const { request } = await printRequest(desk, practice);
  expect(request.title).toBe('Domanda: Permesso di accesso alla ZTL');
  expect(request.elements).toEqual(
    expect.arrayContaining([
      'H1 Domanda: Permesso di accesso alla ZTL',
      'TD 24/11/2026, 11:00',
      'H2 Veicolo',
      'TH Targa',
      'TD AB123CD',
      'H2 Allegati',
      `LBody libretto.pdf (1234 byte), SHA-256 ${sha256('libretto.pdf')}`,
      'H2 Identificazione di chi ha presentato la domanda (artt. 20, 64 e 65 del CAD)',
      'P Giulia Bianchi, codice fiscale BNCGLI85T50D612A',
      'P Accesso: SPID, livello 2',
      "P Istante dell'accesso: 24/11/2026, 11:00",
      'P Sessione: sessione-1',
      `P Confermata il 24/11/2026, 11:00; impronta SHA-256 dei dati: ${sha256('dati')}`,
    ]),
  );
  expect(request.text).not.toContain('Presentata da');
  expect(request.text).not.toContain('bollo');
});

test('a request names the stamps of the request by their numbers, and no others', async () => {
  const practice = await aPractice(desk);
  await giveStamp(practice, '01234567890123', 'request');
  await giveStamp(practice, '99999999999999', 'release');
  const { request } = await printRequest(desk, practice);
  expect(request.elements).toEqual(
    expect.arrayContaining([
      'H2 Imposta di bollo',
      'LBody Marca da bollo n. 01234567890123 da 16,00 €, emessa il 20/11/2026',
      'P Le marche vanno annullate e conservate in originale per i controlli.',
    ]),
  );
  expect(request.text).not.toContain('99999999999999');
});

test('a request says what was paid, online and at the counter', async () => {
  const practice = await aPractice(desk);
  const payment = {
    practiceId: practice,
    tenantId: TENANT_ID,
    gateway: 'sandbox',
    amountCents: 1600,
    status: 'paid',
    expiresAt: FILED,
    paidAt: FILED,
    createdAt: FILED,
  };
  await desk.db.prisma.payment.createMany({
    data: [
      { ...payment, ordinal: 1, requestId: `${practice}/pay/1`, iuv: '01234567890123456' },
      { ...payment, ordinal: 2, requestId: `${practice}/pay/2`, means: 'counter', amountCents: 123456 },
    ],
  });
  const { request } = await printRequest(desk, practice);
  expect(request.elements).toContain('P Pagato: 16,00 €, IUV 01234567890123456.');
  expect(request.elements).toContain('P Pagato: 1.234,56 €, allo sportello.');
});

test('a request says why nothing was to be paid', async () => {
  const definition = await aService(desk, {
    payment: {
      amountCents: 1600,
      windowMinutes: 60,
      onExpiry: 'expired',
      reason: 'Diritti',
      exemptions: [{ label: 'assistenza a un familiare', when: { '==': [{ var: 'permit.reason' }, 'care'] } }],
    },
  });
  const practice = await aPractice(desk, {
    definition,
    content: content({ permit: { reason: 'care' } }),
    submitFacts: { feeCents: 0 },
  });
  const { request, receipt } = await printRequest(desk, practice);
  expect(request.elements).toContain('P Pagamento: esente. Motivo: assistenza a un familiare.');
  expect(receipt.elements).toContain('P Pagamento: esente. Motivo: assistenza a un familiare.');
});

test('a request filed without login says that the identity is not verified, and claims no signature', async () => {
  const guest = await desk.db.prisma.account.create({
    data: {
      id: 'a0000000-0000-4000-8000-000000000001',
      tenantId: TENANT_ID,
      username: 'ospite',
      passwordHash: '',
      role: 'citizen',
      givenName: 'Piero',
      familyName: 'Ospite',
      email: 'piero@posta.example',
      kind: 'guest',
      createdAt: FILED,
    },
  });
  const practice = await aPractice(desk, {
    row: { applicantId: guest.id },
    authentication: {
      provider: 'none',
      level: 0,
      instant: FILED,
      session: 's',
      name: 'Piero Ospite',
      taxCode: 'BNCGLI85T50D612A',
    },
  });
  const { request } = await printRequest(desk, practice);
  expect(request.elements).toContain('H2 Identità non verificata');
  expect(request.text).toContain(
    'Piero Ospite, codice fiscale BNCGLI85T50D612A: dati dichiarati da chi ha presentato la domanda senza accesso. ' +
      'Identità non verificata.',
  );
  expect(request.text).not.toContain('CAD');
});

test.each([
  ['professional', 'professionista incaricato dal richiedente'],
  ['delegate', 'delegato del richiedente'],
  ['operator', 'operatore dell’amministrazione, per conto del richiedente'],
])('a request and its receipt say who filed it for the applicant (%s)', async (authorKind, words) => {
  const practice = await aPractice(desk, { row: { authorKind, authorId: MARCO } });
  const { request, receipt } = await printRequest(desk, practice);
  for (const { elements } of [request, receipt]) {
    expect(elements).toContain('TH Presentata da');
    expect(elements).toContain(`TD Marco Conti, ${words}`);
  }
});

test('a receipt says when, what, by when the office answers, and that it is no outcome', async () => {
  const practice = await aPractice(desk, { attachments: [aFile('libretto.pdf')] });
  const { receipt } = await printRequest(desk, practice);
  expect(receipt.title).toBe('Ricevuta di presentazione');
  expect(receipt.elements).toEqual(
    expect.arrayContaining([
      'TH Richiedente',
      'TD Giulia Bianchi',
      'TD Mobilità e permessi',
      'TH Risposta entro il',
      'TD 24/12/2026',
      'P La domanda è stata presentata. Questa è la ricevuta di presentazione, non è l’esito.',
      'P Il termine decorre dal giorno della presentazione (art. 18-bis, legge 241/1990) e può essere sospeso una volta per chiedere integrazioni.',
      'P Il numero di protocollo ti viene comunicato appena assegnato.',
      `P SHA-256 dei dati: ${sha256('dati')}`,
    ]),
  );
});

test('a receipt promises the same day whatever happened before it was printed', async () => {
  const practice = await aPractice(desk, { state: { status: 'withdrawn' } });
  const { receipt } = await printRequest(desk, practice);
  expect(receipt.elements).toContain('TD 24/12/2026');
});

test('request and receipt do without the practice code where acceptance gives it', async () => {
  const definition = await aService(desk, { registration: 'onAcceptance' });
  const practice = await aPractice(desk, { definition, row: { code: null }, state: { status: 'toAccept' } });
  const { request, receipt } = await printRequest(desk, practice);
  for (const { elements } of [request, receipt]) {
    expect(elements).toContain('TH Riferimento');
    expect(elements).toContain(`TD ${practice}`);
    expect(elements).not.toContain('TH Pratica');
  }
  expect(receipt.elements).toContain(
    'P Il numero della pratica e quello di protocollo ti vengono comunicati quando l’ufficio accetta la domanda.',
  );
});

test('a receipt of a service that only passes applications on promises no answer', async () => {
  const definition = await aService(desk, { workflow: 'forward', registration: 'none' });
  const practice = await aPractice(desk, { definition, state: { status: 'submitted' } });
  const { receipt } = await printRequest(desk, practice);
  expect(receipt.text).toContain('La domanda viene inoltrata all’ufficio che la deve trattare.');
  expect(receipt.text).not.toContain('Risposta entro il');
  expect(receipt.text).not.toContain('protocollo');
});

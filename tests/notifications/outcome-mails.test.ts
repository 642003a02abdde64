import { beginLife, type Life, type MailRoom, mailRoom } from '../support/mails';
import { command, digest, expectWhole, fact, inCharge, paragraphs, service, told } from './support';

const NAME = 'Passo di prova';
const WORDS = 'Il passo è largo tre metri.';
const RELEASE = { amountCents: 5000, windowMinutes: 14_400, reason: 'Canone annuo' } as const;

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
afterAll(() => room.stop());

type Outcome = 'approved' | 'partiallyApproved' | 'rejected';

const codeOf = async (life: Life) =>
  (await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } })).code ?? '';

/** Decided, its document made. */
async function decided(outcome: Outcome, payload: object = {}, more: { stamps?: number; feeCents?: number } = {}) {
  const life = await beginLife(room, service({ name: NAME, releasePayment: { ...RELEASE } }));
  await inCharge(room, life);
  const id = command(await life.act('approve', { message: WORDS, ...payload }));
  await life.happens('decided', { outcome, document: 2, command: id, ...more });
  await life.document(2, 'decision', 'Provvedimento');
  await life.happens('documentReady', { document: 2, sha256: digest });
  return life;
}

test.each([
  ['approved', 'Domanda accolta', 'è stata accolta.'],
  ['partiallyApproved', 'Domanda accolta in parte', 'è stata accolta in parte.'],
  ['rejected', 'Domanda non accolta', 'non è stata accolta.'],
] as const)('%s: personal message, document, attachments', async (outcome, subject, sentence) => {
  const life = await decided(outcome);
  const mail = await told(room, life, await life.happens('outcomeRegistered', { ...fact(2), outcome }));
  expectWhole(mail, life);
  const code = await codeOf(life);
  expect(mail.subject).toBe(`${subject} - ${NAME} - ${code}`);
  expect(paragraphs(mail).slice(1, 5)).toEqual([
    `La tua domanda «${NAME}» ${sentence}`,
    `Il numero della pratica è ${code}.`,
    WORDS,
    'Trovi il provvedimento in allegato.',
  ]);
  expect(mail.text.includes('fare ricorso')).toBe(outcome === 'rejected');
  expect(mail.files).toEqual(['Provvedimento.pdf']);
});

test('an outcome brings the files that the officer added', async () => {
  const spare = await beginLife(room, service());
  const files = [await spare.file('tabella.xls', Buffer.from('t'), 'application/vnd.ms-excel')];
  const life = await decided('approved', { files });
  const mail = await told(room, life, await life.happens('outcomeRegistered', { ...fact(2), outcome: 'approved' }));
  expect(mail.files).toEqual(['Provvedimento.pdf', 'tabella.xls']);
  expect(mail.parsed.attachments.map(({ contentType }) => contentType)).toEqual([
    'application/pdf',
    'application/vnd.ms-excel',
  ]);
});

test('an uploaded response document goes along once, under its own name', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await inCharge(room, life);
  const responseDocument = await life.file(
    'Determina 12/2026.odt',
    Buffer.from('odt'),
    'application/vnd.oasis.opendocument.text',
  );
  const id = command(await life.act('approve', { responseDocument, files: [] }));
  await life.happens('decided', { outcome: 'approved', document: 2, command: id });
  await life.document(2, 'decision', 'Provvedimento');
  const { sha256, contentType } = responseDocument;
  await room.db.prisma.document.updateMany({
    where: { practiceId: life.id, ordinal: 2 },
    data: { sha256, contentType },
  });
  await life.happens('documentReady', { document: 2, sha256: digest });
  const mail = await told(room, life, await life.happens('outcomeRegistered', { ...fact(2), outcome: 'approved' }));
  // A name is never a path.
  expect(mail.files).toEqual(['Determina 12_2026.odt']);
});

test('a document too large for a mail is not said to be attached', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await inCharge(room, life);
  const id = command(await life.act('approve', {}));
  await life.happens('decided', { outcome: 'approved', document: 2, command: id });
  await life.document(2, 'decision', 'Provvedimento', 10 * 1024 * 1024 + 1);
  await life.happens('documentReady', { document: 2, sha256: digest });
  const mail = await told(room, life, await life.happens('outcomeRegistered', { ...fact(2), outcome: 'approved' }));
  expect(mail.files).toEqual([]);
  expect(mail.text).not.toContain('in allegato');
  expect(mail.text).toContain('Li trovi nella pratica, nella tua area: Provvedimento.pdf.');
});

test('stamps and payment before the release do not tell the outcome', async () => {
  const life = await decided('approved', {}, { stamps: 1, feeCents: 5000 });
  const stamps = await told(room, life, await life.happens('stampsRequested', { stamps: 1, phase: 'release' }));
  expectWhole(stamps, life);
  const code = await codeOf(life);
  expect(stamps.subject).toBe(`Servono marche da bollo - ${NAME} - ${code}`);
  expect(paragraphs(stamps).slice(1, 4)).toEqual([
    `L’ufficio ha elaborato la tua domanda «${NAME}». Per ricevere il documento servono marche da bollo.`,
    `Il numero della pratica è ${code}.`,
    'Marche da bollo da indicare: 1.',
  ]);
  const request = { submission: 1, payment: 1, amountCents: 5000, phase: 'release' } as const;
  const asked = await told(room, life, await life.happens('paymentRequested', request));
  expectWhole(asked, life);
  expect(asked.subject).toBe(`Pagamento da effettuare - ${NAME} - ${code}`);
  expect(paragraphs(asked).slice(1)).toEqual([
    `L’ufficio ha elaborato la tua domanda «${NAME}». Per ricevere il documento devi pagare 50,00 €.`,
    `Il numero della pratica è ${code}.`,
    'Causale: Canone annuo.',
    'Puoi pagare fino al 04/12/2026, 11:00.',
    `Vai al pagamento: https://iter.example/api/v1/practices/${life.id}/checkout`,
  ]);
  for (const mail of [stamps, asked]) {
    expect(mail.text + mail.html).not.toMatch(/accolta|approvat|accettat/i);
    expect(mail.text).not.toContain(WORDS);
    expect(mail.files).toEqual([]);
  }

  const expired = await life.happens('paymentExpired', { payment: 1, to: 'awaitingFinalPayment' });
  const renewed = await life.happens('paymentRequested', { ...request, payment: 2 });
  await room.notify(life.id, [expired]);
  const reminder = await told(room, life, renewed);
  expectWhole(reminder, life);
  expect(reminder.subject).toBe(`Promemoria: pagamento da effettuare - ${NAME} - ${code}`);
  expect(paragraphs(reminder)[1]).toBe(
    `Ti ricordiamo che per ricevere il documento della tua domanda «${NAME}» devi ancora pagare 50,00 €. Il termine di prima è passato: ne hai uno nuovo.`,
  );

  await room.db.prisma.payment.updateMany({ where: { practiceId: life.id }, data: { iuv: '01000000000000124' } });
  const paidAt = room.clock.now();
  const paid = await told(room, life, await life.happens('paymentReceived', { payment: 2, receipt: 'RT-9', paidAt }));
  expectWhole(paid, life);
  expect(paid.subject).toBe(`Pagamento ricevuto - ${NAME} - ${code}`);
  expect(paragraphs(paid).slice(1, -1)).toEqual([
    `Abbiamo ricevuto il tuo pagamento per la domanda «${NAME}». Questo è il riepilogo.`,
    `Il numero della pratica è ${code}.`,
    'Importo: 50,00 €.',
    'Causale: Canone annuo.',
    'Pagato il 24/11/2026, 11:00.',
    'IUV: 01000000000000124.',
    'Ricevuta del pagamento: RT-9.',
    'Non devi fare altro: ti scriviamo appena il documento è pronto.',
  ]);
});

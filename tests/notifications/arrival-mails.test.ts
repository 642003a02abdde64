import { beginLife, type Life, type MailRoom, mailRoom } from '../support/mails';
import { arrived, digest, expectWhole, fact, inDays, OPERATOR, paragraphs, service, told } from './support';

const PAYMENT = {
  amountCents: 1600,
  windowMinutes: 4320,
  onExpiry: 'expired',
  reason: 'Diritti di segreteria',
} as const;
const NAME = 'Passo di prova';

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
afterAll(() => room.stop());

const number = async (life: Life) =>
  (await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } })).code ?? '';

async function requestPayment(life: Life): Promise<number> {
  await life.submission();
  return life.happens('paymentRequested', { submission: 1, payment: 1, amountCents: 1600 });
}

test('a payment to be made says how much, for what and until when, with a button that leads to it', async () => {
  const life = await beginLife(room, service({ name: NAME, payment: PAYMENT }));
  const mail = await told(room, life, await requestPayment(life));
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Pagamento da effettuare - ${NAME}`);
  expect(paragraphs(mail).slice(1)).toEqual([
    `Per presentare la domanda «${NAME}» devi pagare 16,00 €.`,
    'Causale: Diritti di segreteria.',
    'Puoi pagare fino al 27/11/2026, 11:00.',
    'La domanda risulta presentata nel momento in cui paghi.',
    `Vai al pagamento: https://iter.example/api/v1/practices/${life.id}/checkout`,
  ]);
  expect(mail.files).toEqual([]);
});

test('a payment that failed may be tried again', async () => {
  const life = await beginLife(room, service({ name: NAME, payment: PAYMENT }));
  await requestPayment(life);
  const mail = await told(room, life, await life.happens('paymentFailed', { payment: 1 }));
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Pagamento non riuscito - ${NAME}`);
  expect(paragraphs(mail).slice(1, 3)).toEqual([
    `Il pagamento di 16,00 € per la domanda «${NAME}» non è riuscito: non risulta pagato nulla.`,
    'Puoi riprovare fino al 27/11/2026, 11:00.',
  ]);
  expect(mail.text).toContain('/checkout');
});

test.each([
  ['expired', 'la domanda non è stata presentata. Se ti serve ancora, comincia una nuova domanda.'],
  ['draft', 'la domanda è tornata in bozza. Puoi correggerla e inviarla di nuovo.'],
  ['annulled', 'la pratica è stata annullata.'],
] as const)('a payment that did not come in time says what follows: %s', async (to, sentence) => {
  const life = await beginLife(room, service({ name: NAME, payment: PAYMENT }));
  await requestPayment(life);
  const mail = await told(room, life, await life.happens('paymentExpired', { payment: 1, to }));
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Pagamento non effettuato - ${NAME}`);
  expect(paragraphs(mail)[1]).toBe(`Il pagamento per la domanda «${NAME}» non è arrivato in tempo: ${sentence}`);
});

test('stamps that are awaited say service, number and how many', async () => {
  const life = await beginLife(room, service({ name: NAME, stamps: { atRequest: { count: 2 } } }));
  await life.submission();
  const seq = await life.happens('stampsRequested', { stamps: 2, phase: 'request', submission: 1 });
  const mail = await told(room, life, seq);
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Servono marche da bollo - ${NAME}`);
  expect(paragraphs(mail).slice(1, 4)).toEqual([
    `La tua domanda «${NAME}» è in attesa delle marche da bollo: non è ancora presentata.`,
    `Numero della richiesta: ${life.id}.`,
    'Marche da bollo da indicare: 2.',
  ]);
});

describe('the receipt', () => {
  test('brings receipt and application, is no outcome, tells the number and what comes next', async () => {
    const life = await beginLife(room, service({ name: NAME }));
    const mail = await told(room, life, await arrived(room, life));
    expectWhole(mail, life);
    const code = await number(life);
    expect(mail.subject).toBe(`Ricevuta di presentazione - ${NAME} - ${code}`);
    expect(mail.files).toEqual(['Ricevuta-di-presentazione.pdf', 'Domanda-Permesso-di-prova.pdf']);
    expect(mail.parsed.attachments.map(({ contentType }) => contentType)).toEqual([
      'application/pdf',
      'application/pdf',
    ]);
    expect(paragraphs(mail).slice(1, -1)).toEqual([
      `Abbiamo ricevuto la tua domanda «${NAME}».`,
      `Il numero della pratica è ${code}.`,
      'Questa è la ricevuta di presentazione, non è l’esito.',
      'Trovi in allegato la ricevuta e la domanda che hai compilato.',
      'Che cosa succede ora: la domanda viene protocollata e poi presa in carico da un ufficio. Ti scriviamo a ogni passaggio.',
      'Riceverai risposta entro il 24/12/2026.',
    ]);
  });

  test('tells what was paid', async () => {
    const life = await beginLife(room, service({ name: NAME, payment: PAYMENT }));
    await requestPayment(life);
    await life.happens('paymentReceived', { payment: 1, receipt: 'RT-77', paidAt: room.clock.now() });
    await room.db.prisma.payment.updateMany({ where: { practiceId: life.id }, data: { iuv: '01000000000000123' } });
    const at = room.clock.now();
    await life.happens('submitted', { submission: 1, confirmedAt: at, receivedAt: at });
    const mail = await told(room, life, await life.happens('documentReady', { document: 1, sha256: digest }));
    expectWhole(mail, life);
    expect(paragraphs(mail)).toEqual(
      expect.arrayContaining([
        'Abbiamo ricevuto anche il tuo pagamento di 16,00 €, il 24/11/2026, 11:00. Causale: Diritti di segreteria.',
        'IUV del pagamento: 01000000000000123. Ricevuta del pagamento: RT-77.',
      ]),
    );
  });

  test.each([
    [true, true],
    [undefined, false],
  ])('of a payment at the counter tells why only if the officer said so (%s)', async (tellApplicant, isTold) => {
    const life = await beginLife(room, service({ name: NAME, payment: PAYMENT }));
    await requestPayment(life);
    const reason = 'Pagato in contanti allo sportello 3.';
    const act = await life.act('recordCounterPayment', { reason, ...(tellApplicant && { tellApplicant }) });
    const at = room.clock.now();
    const paid = { payment: 1, receipt: `counter:${act}`, paidAt: at, means: 'counter' } as const;
    await life.happens('paymentReceived', paid, { cause: `act:${act}` });
    await life.happens('submitted', { submission: 1, confirmedAt: at, receivedAt: at });
    const mail = await told(room, life, await life.happens('documentReady', { document: 1, sha256: digest }));
    expectWhole(mail, life);
    expect(mail.text).toContain('Il pagamento è stato registrato dall’ufficio.');
    expect(mail.text.includes(reason)).toBe(isTold);
    expect(mail.text).not.toContain('counter:');
  });

  test.each([
    [{ registration: 'onAcceptance' }, 'lo sportello controlla la domanda.'],
    [{ registration: 'none' }, 'un ufficio prende in carico la domanda.'],
    [{ workflow: 'forward' }, 'passiamo la domanda all’ufficio che la gestisce'],
    [{ workflow: 'paymentOnly', payment: PAYMENT }, 'non devi fare altro.'],
  ] as const)('tells what comes next where the service is %j', async (changes, next) => {
    const life = await beginLife(room, service({ name: NAME, ...changes }));
    const mail = await told(room, life, await arrived(room, life));
    expectWhole(mail, life);
    expect(mail.text).toContain(`Che cosa succede ora: ${next}`);
  });
});

test('the registration tells the number and the day by which the office answers', async () => {
  const life = await beginLife(room, service({ name: NAME }));
  await arrived(room, life);
  await life.happens('registrationStarted', { document: 1 });
  const mail = await told(room, life, await life.happens('requestRegistered', fact(1)));
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Domanda protocollata - ${NAME} - ${await number(life)}`);
  expect(paragraphs(mail).slice(1, -1)).toEqual([
    `La tua domanda «${NAME}» è stata protocollata con il numero 0000001/2026.`,
    `Il numero della pratica è ${await number(life)}.`,
    'Riceverai risposta entro il 24/12/2026.',
  ]);
  expect(mail.files).toEqual([]);
});

test('where the desk accepts, acceptance and number come together, and are no outcome', async () => {
  const life = await beginLife(room, service({ name: NAME, registration: 'onAcceptance' }));
  await arrived(room, life);
  await life.happens('acceptanceAwaited', {});
  const act = await life.act('accept', {});
  await life.happens('accepted', { operator: OPERATOR, command: act as never });
  const mail = await told(room, life, await life.happens('requestRegistered', fact(1)));
  expectWhole(mail, life);
  expect(mail.subject).toMatch(/^Domanda accettata allo sportello - /);
  expect(mail.text).toContain('ora l’ufficio Mobilità e permessi la esamina. Non è ancora l’esito.');
  expect(mail.text).toContain('Il numero di protocollo è 0000001/2026.');
});

describe('who holds the practice', () => {
  const registered = async (changes: Parameters<typeof service>[0] = {}) => {
    const life = await beginLife(room, service({ name: NAME, ...changes }));
    await arrived(room, life);
    await life.happens('registrationStarted', { document: 1 });
    await life.happens('requestRegistered', fact(1));
    return life;
  };

  test('taken in charge', async () => {
    const life = await registered();
    const mail = await told(room, life, await life.happens('chargeTaken', { operator: OPERATOR }));
    expectWhole(mail, life);
    expect(mail.subject).toBe(`Pratica presa in carico - ${NAME} - ${await number(life)}`);
    expect(paragraphs(mail)[1]).toBe(
      `La tua domanda «${NAME}» è stata presa in carico dall’ufficio Mobilità e permessi.`,
    );
  });

  test('assigned the first time, and again to somebody else', async () => {
    const life = await registered();
    const first = await told(room, life, await life.happens('assigned', { operator: OPERATOR }));
    expect(first.subject).toMatch(/^Pratica presa in carico - /);
    const second = await told(room, life, await life.happens('assigned', { operator: life.id }));
    expectWhole(second, life);
    expect(second.subject).toMatch(/^La pratica ha un nuovo operatore - /);
  });

  test('taken over by a colleague', async () => {
    const life = await registered();
    await life.happens('chargeTaken', { operator: OPERATOR });
    const mail = await told(room, life, await life.happens('takenOver', { operator: life.id, from: OPERATOR }));
    expectWhole(mail, life);
    expect(mail.subject).toBe(`La pratica ha un nuovo operatore - ${NAME} - ${await number(life)}`);
    expect(mail.text).toContain('Per te non cambia nulla.');
  });

  test('passed on: it ends here', async () => {
    const life = await registered({ workflow: 'forward' });
    const mail = await told(room, life, await life.happens('chargeTaken', { operator: OPERATOR }));
    expectWhole(mail, life);
    expect(mail.subject).toMatch(/^Pratica passata all’ufficio che la gestisce - /);
    expect(mail.text).toContain('ti risponde direttamente. Qui la pratica è conclusa.');
  });
});

describe('a draft, which nobody has sent', () => {
  test('is announced to expire, with its last day, to the address of the account', async () => {
    const life = await beginLife(room, service({ name: NAME, draftDays: 30 }));
    await life.happens('draftCreated', {});
    // The midnight that ends the last day.
    const expiresAt = inDays(room, 3).replace('T10:00', 'T23:00') as never;
    const mail = await told(room, life, await life.happens('draftExpiryAnnounced', { expiresAt }));
    expectWhole(mail, life);
    expect(mail.subject).toBe(`La bozza sta per scadere - ${NAME}`);
    expect(mail.text).toContain('Puoi completarla e inviarla fino al 27/11/2026 compreso.');
  });

  test('has expired', async () => {
    const life = await beginLife(room, service({ name: NAME, draftDays: 30 }));
    await life.happens('draftCreated', {});
    const mail = await told(room, life, await life.happens('draftExpired', { expiresAt: room.clock.now() }));
    expectWhole(mail, life);
    expect(mail.subject).toBe(`La bozza è scaduta - ${NAME}`);
    expect(mail.text).toContain('Se ti serve ancora, comincia una nuova domanda.');
  });
});

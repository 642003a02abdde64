import type { EventData } from '../../src/domain/practice/events';
import { beginLife, type CaughtMail, type Life, type MailRoom, mailRoom } from '../support/mails';
import { command, digest, expectWhole, fact, inCharge, paragraphs, service, told } from './support';

const NAME = 'Passo di prova';
const WORDS = 'Manca la planimetria.\nSenza non si può decidere.';

let room: MailRoom;
beforeAll(async () => {
  room = await mailRoom();
});
afterAll(() => room.stop());

type DocumentEvent =
  | 'startCommunicated'
  | 'rejectionNoticed'
  | 'observationsSubmitted'
  | 'withdrawn'
  | 'archived'
  | 'annulled';

interface Written {
  readonly life: Life;
  readonly mail: CaughtMail;
  readonly code: string;
}

const held = async (changes: Parameters<typeof service>[0] = {}): Promise<Life> => {
  const life = await beginLife(room, service({ name: NAME, ...changes }));
  await inCharge(room, life);
  return life;
};
const codeOf = async (life: Life) =>
  (await room.db.prisma.practice.findUniqueOrThrow({ where: { id: life.id } })).code ?? '';

/** An act that makes a document, until it has its number and is told. */
async function documented<T extends DocumentEvent>(type: T, kind: string, title: string, payload: object = {}) {
  const life = await held();
  const id = command(await life.act(type, payload));
  await life.happens(type, { document: 2, command: id } as EventData[T]);
  await life.document(2, kind, title);
  await life.happens('documentReady', { document: 2, sha256: digest });
  const mail = await told(room, life, await life.happens('documentRegistered', fact(2)));
  expectWhole(mail, life);
  return { life, mail, code: await codeOf(life) } satisfies Written;
}

/** The n-th request of integrations, registered. Gives the event that is told. */
async function integrationRequest(life: Life, round: number, document: number): Promise<number> {
  const id = command(await life.act('requestIntegration', { message: WORDS, fields: [], documents: [] }));
  await life.happens('integrationRequested', { round, document, command: id });
  await life.document(document, 'integrationRequest', 'Richiesta di integrazioni');
  return life.happens('integrationRequestRegistered', { ...fact(document), round });
}

async function integrationAnswer(life: Life, round: number, document: number, payload: object): Promise<number> {
  const id = command(await life.act('answerIntegration', payload, 'giulia.bianchi'));
  await life.happens('integrationAnswered', { round, document, command: id });
  await life.document(document, 'integrationAnswer', 'Risposta alla richiesta di integrazioni');
  return life.happens('integrationAnswerRegistered', { ...fact(document), round });
}

test('a new phase is told by its name', async () => {
  const phases = [
    { key: 'check', label: 'Verifica', next: ['examination'] },
    { key: 'examination', label: 'Istruttoria tecnica', decisions: ['approved' as const, 'rejected' as const] },
  ];
  const life = await held({ phases });
  const act = command(await life.act('changePhase', { phase: 'examination', note: 'Nota per i colleghi' }));
  const seq = await life.happens('phaseChanged', { to: 'examination', command: act }, { cause: `act:${act}` });
  const mail = await told(room, life, seq);
  expectWhole(mail, life);
  expect(mail.subject).toBe(`La pratica va avanti - ${NAME} - ${await codeOf(life)}`);
  expect(paragraphs(mail)[1]).toBe(`La tua domanda «${NAME}» è ora nella fase: Istruttoria tecnica.`);
  expect(mail.text).not.toContain('Nota per i colleghi');
});

test('the start of the procedure brings its document', async () => {
  const payload = { message: WORDS };
  const { mail, code } = await documented('startCommunicated', 'startNotice', 'Avvio del procedimento', payload);
  expect(mail.subject).toBe(`Avvio del procedimento - ${NAME} - ${code}`);
  expect(paragraphs(mail).slice(1, -1)).toEqual([
    `L’ufficio Mobilità e permessi ha avviato il procedimento sulla tua domanda «${NAME}».`,
    `Il numero della pratica è ${code}.`,
    WORDS,
    'Trovi il documento in allegato.',
    'Riceverai risposta entro il 24/12/2026.',
  ]);
  expect(mail.files).toEqual(['Avvio-del-procedimento.pdf']);
});

describe('integrations', () => {
  test('asked for: the officer’s words, the last day, a button to that practice; the first suspends the term', async () => {
    const life = await held();
    const mail = await told(room, life, await integrationRequest(life, 1, 2));
    expectWhole(mail, life);
    const code = await codeOf(life);
    expect(mail.subject).toBe(`Servono integrazioni - ${NAME} - ${code}`);
    expect(paragraphs(mail).slice(1)).toEqual([
      `Per proseguire l’ufficio ti chiede di completare la domanda «${NAME}»:`,
      WORDS,
      'Puoi rispondere fino al 24/12/2026 compreso.',
      'Il termine del procedimento è sospeso fino alla tua risposta.',
      `Il numero della pratica è ${code}.`,
      'Trovi il documento in allegato.',
      `Rispondi alla richiesta: https://iter.example/api/v1/practices/${life.id}`,
    ]);
    expect(mail.files).toEqual(['Richiesta-di-integrazioni.pdf']);
    expect(mail.html).toContain('Manca la planimetria.<br>Senza non si può decidere.');
  });

  test('answered: the term runs again; a second request does not suspend it', async () => {
    const life = await held();
    await integrationRequest(life, 1, 2);
    const answer = await told(room, life, await integrationAnswer(life, 1, 3, { kept: { values: [], documents: [] } }));
    expectWhole(answer, life);
    expect(answer.subject).toBe(`Integrazioni ricevute - ${NAME} - ${await codeOf(life)}`);
    expect(answer.text).toContain('Il termine del procedimento riprende.');
    expect(answer.text).not.toContain('i messaggi che hai scritto');
    expect(answer.files).toEqual(['Risposta-alla-richiesta-di-integrazioni.pdf']);
    const second = await told(room, life, await integrationRequest(life, 2, 4));
    expect(second.text).not.toContain('è sospeso');
    const messages = { kept: { messages: [{ id: 'x', text: 'Ecco', files: [] }] } };
    const accepted = await told(room, life, await integrationAnswer(life, 2, 5, messages));
    expect(accepted.text).toContain('L’ufficio ha accettato come risposta i messaggi che hai scritto.');
    expect(accepted.text).not.toContain('riprende');
  });

  test('cancelled, with the reason', async () => {
    const life = await held();
    await integrationRequest(life, 1, 2);
    const act = await life.act('cancelIntegration', { reason: 'Abbiamo trovato il documento.' });
    const seq = await life.happens('integrationCancelled', { round: 1 }, { cause: `act:${act}` });
    const mail = await told(room, life, seq);
    expectWhole(mail, life);
    expect(mail.subject).toMatch(/^Integrazioni non più necessarie - /);
    expect(paragraphs(mail)[2]).toBe('Abbiamo trovato il documento.');
  });

  test('lapsed', async () => {
    const life = await held();
    await integrationRequest(life, 1, 2);
    const mail = await told(room, life, await life.happens('integrationLapsed', { round: 1 }));
    expectWhole(mail, life);
    expect(mail.subject).toMatch(/^Termine per le integrazioni scaduto - /);
    expect(mail.text).toContain('è scaduto: l’ufficio deciderà in base a ciò che ha.');
  });
});

test('a rejection notice gives the reasons and ten days, and is no decision', async () => {
  const payload = { message: WORDS };
  const { mail, code } = await documented('rejectionNoticed', 'rejectionNotice', 'Preavviso di rigetto', payload);
  expect(mail.subject).toBe(`Preavviso di rigetto - ${NAME} - ${code}`);
  expect(paragraphs(mail).slice(1, 4)).toEqual([
    `L’ufficio pensa di non poter accogliere la tua domanda «${NAME}». Non è ancora la decisione. I motivi:`,
    WORDS,
    'Puoi rispondere con le tue osservazioni fino al 04/12/2026 compreso (articolo 10-bis della legge 241 del 1990).',
  ]);
  expect(mail.files).toEqual(['Preavviso-di-rigetto.pdf']);
});

test('observations are acknowledged, not said back', async () => {
  const payload = { message: 'Non sono d’accordo.' };
  const { mail } = await documented('observationsSubmitted', 'observations', 'Osservazioni', payload);
  expect(mail.subject).toMatch(/^Osservazioni ricevute - /);
  expect(mail.text).toContain('l’ufficio ne tiene conto nella decisione.');
  expect(mail.text).not.toContain('Non sono d’accordo.');
  expect(mail.files).toEqual(['Osservazioni.pdf']);
});

test.each([
  ['archived', 'archiving', 'Archiviazione', 'Pratica archiviata', 'senza decidere', true],
  ['annulled', 'annulment', 'Annullamento', 'Pratica annullata', 'L’ufficio ha annullato la pratica', true],
  ['withdrawn', 'withdrawal', 'Ritiro', 'Domanda ritirata', 'l’ufficio non la esamina più', false],
] as const)('%s: told with the document, and with the words of the office alone', async (...given) => {
  const [type, kind, title, subject, sentence, officeWrites] = given;
  const { mail, code } = await documented(type, kind, title, officeWrites ? { message: WORDS } : { reason: WORDS });
  expect(mail.subject).toBe(`${subject} - ${NAME} - ${code}`);
  expect(mail.text).toContain(sentence);
  expect(mail.text.includes(WORDS)).toBe(officeWrites);
  expect(mail.files).toEqual([`${title}.pdf`]);
});

test('a practice that is opened again', async () => {
  const life = await held();
  const act = command(await life.act('reopen', { message: WORDS }));
  const mail = await told(room, life, await life.happens('reopened', { command: act }, { cause: `act:${act}` }));
  expectWhole(mail, life);
  expect(mail.subject).toBe(`Pratica riaperta - ${NAME} - ${await codeOf(life)}`);
  expect(paragraphs(mail)[3]).toBe(WORDS);
});

test('without a register a document is told as soon as it is complete', async () => {
  const life = await held({ registration: 'none' });
  const id = command(await life.act('noticeRejection', { message: WORDS }));
  await life.happens('rejectionNoticed', { document: 2, command: id });
  await life.document(2, 'rejectionNotice', 'Preavviso di rigetto');
  const ready = await life.happens('documentReady', { document: 2, sha256: digest });
  await room.notify(life.id, [ready]);
  const mail = await told(room, life, await life.happens('documentFiled', { document: 2 }));
  expect(mail.subject).toMatch(/^Preavviso di rigetto - /);
});

describe('a communication', () => {
  const communicated = async (payload: object, to: 'applicant' | 'office', size = 100) => {
    const life = await held();
    const files = [
      await life.file('pianta.pdf', Buffer.alloc(size, 'p')),
      await life.file('foto.jpg', Buffer.from('f')),
    ];
    const id = command(
      await life.act('communicate', { to, subject: 'Sopralluogo', message: WORDS, files, ...payload }),
    );
    await life.happens('communicationSent', { document: 2, command: id, to });
    await life.document(2, 'communication', 'Comunicazione');
    return { life, seq: await life.happens('documentRegistered', fact(2)) };
  };

  test('to the applicant brings its document and its files, under the officer’s subject', async () => {
    const { life, seq } = await communicated({}, 'applicant');
    const mail = await told(room, life, seq);
    expectWhole(mail, life);
    const code = await codeOf(life);
    expect(mail.subject).toBe(`Sopralluogo - ${NAME} - ${code}`);
    expect(paragraphs(mail).slice(1, -1)).toEqual([
      `L’ufficio Mobilità e permessi ti scrive sulla domanda «${NAME}»:`,
      WORDS,
      `Il numero della pratica è ${code}.`,
      'Trovi la comunicazione in allegato.',
    ]);
    expect(mail.files).toEqual(['Comunicazione.pdf', 'pianta.pdf', 'foto.jpg']);
  });

  test('to another office goes to that office alone, without a way into the area', async () => {
    const recipient = { name: 'Genio civile', email: 'genio.civile@regione.example' };
    const { life, seq } = await communicated({ recipient }, 'office');
    const before = await room.mailsTo('giulia.bianchi@posta.example');
    const mail = await told(room, life, seq, recipient.email);
    const code = await codeOf(life);
    expect(mail.subject).toBe(`Sopralluogo - ${NAME} - ${code}`);
    expect(paragraphs(mail)).toEqual([
      'Gentile Genio civile,',
      `Comune di Bugliano, ufficio Mobilità e permessi, invia questa comunicazione sulla pratica ${code}, «${NAME}»:`,
      WORDS,
      'La comunicazione è in allegato.',
    ]);
    expect((mail.text.split('\n-- \n')[1] ?? '').trim().split('\n')).toEqual([
      'Questo indirizzo non viene letto: non rispondere a questa mail.',
      'Indirizzo dell’ufficio Mobilità e permessi: mobilita@comune.bugliano.example',
      'Comune di Bugliano',
    ]);
    expect(mail.html).not.toContain('<a href');
    expect(mail.files).toEqual(['Comunicazione.pdf', 'pianta.pdf', 'foto.jpg']);
    expect(await room.mailsTo('giulia.bianchi@posta.example')).toHaveLength(before.length);
  });

  test('with files of more than ten megabytes leaves the largest out and says where it is', async () => {
    const { life, seq } = await communicated({}, 'applicant', 10 * 1024 * 1024);
    const mail = await told(room, life, seq);
    expect(mail.files).toEqual(['Comunicazione.pdf', 'foto.jpg']);
    expect(paragraphs(mail)).toContain(
      'Alcuni allegati sono troppo grandi per una mail. Li trovi nella pratica, nella tua area: pianta.pdf.',
    );
  });
});

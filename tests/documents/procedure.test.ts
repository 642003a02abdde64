import type { Instant } from '../../src/domain/ids';
import {
  actAndPrint,
  addDocument,
  aFile,
  anAct,
  aPractice,
  type Desk,
  GIULIA,
  openDesk,
  printed,
  TENANT_ID,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const DECEMBER_FIRST = '2026-12-01T09:00:00.000Z' as Instant;
const code = async (id: string) => (await desk.db.prisma.practice.findUniqueOrThrow({ where: { id } })).code;

test('the start of the procedure is communicated with all that art. 8 demands', async () => {
  await desk.db.prisma.office.updateMany({
    where: { tenantId: TENANT_ID, code: 'mobilita' },
    data: { email: 'mobilita@pec.bugliano.example' },
  });
  const practice = await aPractice(desk);
  const message = 'Il sopralluogo è fissato per il 10 dicembre.';
  const notice = await actAndPrint(
    desk,
    practice,
    'startNotice',
    'communicateStart',
    { message },
    { at: DECEMBER_FIRST },
  );
  expect(notice.title).toBe('Comunicazione di avvio del procedimento');
  expect(notice.elements).toEqual([
    'P Comune di Bugliano',
    'H1 Comunicazione di avvio del procedimento',
    'TH Pratica',
    `TD ${await code(practice)}`,
    'TH Servizio',
    'TD Permesso di accesso alla ZTL',
    'TH Presentata il',
    'TD 24/11/2026, 11:00',
    'P Gentile Giulia Bianchi,',
    'P ti comunichiamo l’avvio del procedimento sulla tua domanda (artt. 7 e 8, legge 241/1990).',
    'TH Amministrazione competente',
    'TD Comune di Bugliano',
    'TH Oggetto',
    'TD Domanda di Giulia Bianchi: Permesso di accesso alla ZTL',
    'TH Ufficio',
    'TD Mobilità e permessi',
    'TH Domicilio digitale',
    'TD mobilita@pec.bugliano.example',
    'TH Responsabile del procedimento',
    'TD Marco Conti',
    'TH Termine',
    'TD 30 giorni dalla presentazione della domanda',
    'TH Conclusione entro il',
    'TD 24/12/2026',
    `P ${message}`,
    'H2 Se il termine passa senza risposta',
    'P Puoi chiedere a chi ha il potere sostitutivo di concludere il procedimento entro metà del termine (art. 2, commi 9-bis e 9-ter, legge 241/1990); il nome è pubblicato nel sito dell’amministrazione. Puoi anche ricorrere al TAR contro il silenzio, finché dura e non oltre un anno dalla scadenza del termine (art. 31 del codice del processo amministrativo).',
    'H2 Dove vedere gli atti',
    'P Puoi vedere gli atti, inviare memorie e documenti e scrivere all’ufficio dalla pagina della pratica, nella tua area personale. Gli atti che lì non trovi li puoi vedere presso l’ufficio Mobilità e permessi.',
    'TH Data',
    'TD 01/12/2026',
    'TH Ufficio',
    'TD Mobilità e permessi',
    'TH Operatore',
    'TD Marco Conti',
  ]);
});

test('a letter is signed by the office to which the practice was assigned', async () => {
  const office = await desk.db.prisma.office.findFirstOrThrow({ where: { tenantId: TENANT_ID, code: 'tributi' } });
  const practice = await aPractice(desk, { row: { officeId: office.id } });
  const notice = await actAndPrint(desk, practice, 'startNotice', 'communicateStart', {});
  expect(notice.elements).toContain('TD Tributi');
  expect(notice.elements).not.toContain('TD Mobilità e permessi');
});

const ASKED = {
  message: 'Serve una copia leggibile del libretto.',
  fields: ['vehicle.plate'],
  documents: [{ key: 'booklet', label: 'Libretto leggibile' }],
};

test('the first integration request suspends the term and says so', async () => {
  const practice = await aPractice(desk);
  const request = await actAndPrint(desk, practice, 'integrationRequest', 'requestIntegration', ASKED, {
    at: DECEMBER_FIRST,
  });
  expect(request.title).toBe('Richiesta di integrazioni');
  expect(request.elements).toEqual(
    expect.arrayContaining([
      'P Gentile Giulia Bianchi,',
      'P Serve una copia leggibile del libretto.',
      'LBody Dato da completare: Targa',
      'LBody Documento: Libretto leggibile',
      'P Puoi rispondere dalla tua area personale entro 30 giorni (indicativamente entro il 31/12/2026). Il termine del procedimento è sospeso fino alla risposta (art. 2, comma 7, legge 241/1990).',
      'TD Marco Conti',
    ]),
  );
});

test('a second integration request does not suspend the term and says so', async () => {
  const practice = await aPractice(desk);
  await actAndPrint(desk, practice, 'integrationRequest', 'requestIntegration', ASKED);
  const second = await actAndPrint(desk, practice, 'integrationRequest', 'requestIntegration', ASKED);
  expect(second.text).toContain(
    'Questa richiesta non sospende il termine del procedimento, che può essere sospeso una sola volta (art. 2, comma 7, legge 241/1990).',
  );
  expect(second.text).not.toContain('è sospeso fino alla risposta');
});

test('an integration answer shows what was filled in and which files came', async () => {
  const practice = await aPractice(desk);
  const file = aFile('libretto-nuovo.pdf');
  const kept = {
    message: 'Ecco la copia.',
    values: [{ path: 'vehicle.plate', label: 'Targa', value: 'GA123BC' }],
    documents: [{ label: 'Libretto leggibile', files: [file] }],
  };
  const answer = await actAndPrint(
    desk,
    practice,
    'integrationAnswer',
    'answerIntegration',
    { answer: {}, kept },
    { at: DECEMBER_FIRST, actor: GIULIA },
  );
  expect(answer.title).toBe('Risposta alla richiesta di integrazioni');
  expect(answer.elements.slice(-6)).toEqual([
    'TH Targa',
    'TD GA123BC',
    'H2 Libretto leggibile',
    'Lbl •',
    `LBody libretto-nuovo.pdf (1234 byte), SHA-256 ${file.sha256}`,
    'P Inviata il 01/12/2026, 10:00.',
  ]);
});

test('an integration answer made of messages gives each with its date, text and files, and who accepted them', async () => {
  const practice = await aPractice(desk);
  const file = aFile('foto.png');
  const messages = [
    { id: 'a', at: '2026-11-28T08:00:00.000Z', text: 'La targa è GA123BC.', files: [] },
    { id: 'b', at: '2026-11-29T17:30:00.000Z', text: 'Ecco anche la foto.', files: [file] },
  ];
  const answer = await actAndPrint(
    desk,
    practice,
    'integrationAnswer',
    'acceptMessages',
    { messages: ['a', 'b'], kept: { messages } },
    { at: DECEMBER_FIRST },
  );
  expect(answer.elements.slice(8)).toEqual([
    'P Il 01/12/2026, 10:00 l’ufficio ha accettato come risposta alla richiesta di integrazioni i messaggi del richiedente che seguono.',
    'H2 Messaggio del 28/11/2026, 09:00',
    'P La targa è GA123BC.',
    'P Nessun allegato.',
    'H2 Messaggio del 29/11/2026, 18:30',
    'P Ecco anche la foto.',
    'Lbl •',
    `LBody foto.png (1234 byte), SHA-256 ${file.sha256}`,
    'TH Data',
    'TD 01/12/2026',
    'TH Ufficio',
    'TD Mobilità e permessi',
    'TH Operatore',
    'TD Marco Conti',
  ]);
});

test('a rejection notice gives the reasons, ten days to answer, and what happens to the term', async () => {
  const practice = await aPractice(desk);
  const message = 'Il veicolo non risulta intestato al richiedente.';
  const notice = await actAndPrint(desk, practice, 'rejectionNotice', 'noticeRejection', { message });
  expect(notice.title).toBe('Preavviso di rigetto');
  expect(notice.elements.slice(9, -6)).toEqual([
    'P ai sensi dell’art. 10-bis della legge 241/1990 ti comunichiamo che la tua domanda «Permesso di accesso alla ZTL» non può essere accolta per i motivi che seguono.',
    'H2 Motivi che ostano all’accoglimento',
    `P ${message}`,
    'H2 Che cosa puoi fare',
    'P Entro 10 giorni dal ricevimento di questa comunicazione puoi presentare dalla tua area personale le tue osservazioni, anche con documenti. Se non le accogliamo, il provvedimento finale ne dice i motivi.',
    'P Il termine del procedimento è sospeso: ricomincia a decorrere dieci giorni dopo la presentazione delle osservazioni o, se non ne presenti, dalla fine dei dieci giorni.',
  ]);
});

test('observations name the notice that they answer', async () => {
  const practice = await aPractice(desk);
  await addDocument(
    desk,
    practice,
    'rejectionNotice',
    await anAct(desk, practice, 'noticeRejection', { message: 'Motivi.' }, { at: DECEMBER_FIRST }),
  );
  const file = aFile('atto-di-vendita.pdf');
  const observations = await actAndPrint(
    desk,
    practice,
    'observations',
    'submitObservations',
    { message: 'Ho comprato il veicolo ieri.', attachments: [file.id], files: [file] },
    { at: '2026-12-05T09:00:00.000Z' as Instant, actor: GIULIA },
  );
  expect(observations.title).toBe('Osservazioni al preavviso di rigetto');
  expect(observations.elements.slice(8)).toEqual([
    'P Giulia Bianchi presenta le osservazioni che seguono al preavviso di rigetto del 01/12/2026 (art. 10-bis, legge 241/1990).',
    'P Ho comprato il veicolo ieri.',
    'H2 Allegati',
    'Lbl •',
    `LBody atto-di-vendita.pdf (1234 byte), SHA-256 ${file.sha256}`,
    'P Inviate il 05/12/2026, 10:00.',
  ]);
});

test('a communication to the applicant is a letter with its files', async () => {
  const practice = await aPractice(desk);
  const file = aFile('mappa.pdf');
  const letter = await actAndPrint(desk, practice, 'communication', 'communicate', {
    to: 'applicant',
    subject: 'Sopralluogo',
    message: 'Passiamo martedì alle 10.',
    files: [file],
  });
  expect(letter.title).toBe('Comunicazione: Sopralluogo');
  expect(letter.elements.slice(8, 13)).toEqual([
    'P Gentile Giulia Bianchi,',
    'P Passiamo martedì alle 10.',
    'H2 Allegati',
    'Lbl •',
    `LBody mappa.pdf (1234 byte), SHA-256 ${file.sha256}`,
  ]);
});

test('a communication to another office is addressed to it and says whose practice it is', async () => {
  const practice = await aPractice(desk);
  const letter = await actAndPrint(desk, practice, 'communication', 'communicate', {
    to: 'office',
    recipient: { name: 'ASL Centro', email: 'protocollo@asl.example' },
    subject: 'Richiesta di parere',
    message: 'Chiediamo il parere di competenza.',
  });
  expect(letter.elements).toEqual(
    expect.arrayContaining(['TH Richiedente', 'TD Giulia Bianchi', 'TH A', 'TD ASL Centro (protocollo@asl.example)']),
  );
  expect(letter.text).not.toContain('Gentile');
});

test('without login nothing speaks of a personal area', async () => {
  const guest = await desk.db.prisma.account.create({
    data: {
      id: 'a0000000-0000-4000-8000-000000000002',
      tenantId: TENANT_ID,
      username: 'ospite',
      passwordHash: '',
      role: 'citizen',
      givenName: 'Piero',
      familyName: 'Ospite',
      email: 'piero@posta.example',
      kind: 'guest',
      createdAt: DECEMBER_FIRST,
    },
  });
  const practice = await aPractice(desk, { row: { applicantId: guest.id } });
  await actAndPrint(desk, practice, 'startNotice', 'communicateStart', {});
  await actAndPrint(desk, practice, 'integrationRequest', 'requestIntegration', ASKED);
  await actAndPrint(desk, practice, 'rejectionNotice', 'noticeRejection', { message: 'Motivi.' });
  for (const ordinal of [1, 2, 3]) {
    expect((await printed(desk, practice, ordinal)).text).not.toContain('area personale');
  }
});

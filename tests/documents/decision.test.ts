import { Readable } from 'node:stream';
import type { Instant } from '../../src/domain/ids';
import type { Act } from '../../src/domain/practice/acts';
import { sha256 } from '../../src/platform/digest';
import {
  actAndPrint,
  addDocument,
  aFile,
  anAct,
  aPractice,
  aService,
  type Desk,
  FILED,
  GIULIA,
  openDesk,
  TENANT,
  TENANT_ID,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const DAY = (day: number) => `2026-12-${String(day).padStart(2, '0')}T09:00:00.000Z` as Instant;
const APPEAL =
  'P Contro questo provvedimento puoi ricorrere al TAR entro 60 giorni dalla comunicazione (30 giorni se riguarda l’accesso ai documenti, art. 116 del codice del processo amministrativo) o, con ricorso straordinario, al Presidente della Repubblica entro 120 giorni.';

test('an approval says so, with its conditions, its files and who decided', async () => {
  const practice = await aPractice(desk);
  const file = aFile('planimetria.pdf');
  const payload = { message: 'Il permesso vale fino al 30/11/2028.', files: [file], responseDocument: null };
  const decision = await actAndPrint(desk, practice, 'decision', 'approve', payload, { at: DAY(1) });
  expect(decision.title).toBe('Provvedimento di accoglimento');
  expect(decision.row).toMatchObject({ contentType: 'application/pdf', createdAt: new Date(DAY(1)) });
  expect(decision.elements.slice(8)).toEqual([
    'P Gentile Giulia Bianchi,',
    'P la tua domanda «Permesso di accesso alla ZTL» è stata accolta.',
    'H2 Condizioni e indicazioni',
    'P Il permesso vale fino al 30/11/2028.',
    'H2 Allegati',
    'Lbl •',
    `LBody planimetria.pdf (1234 byte), SHA-256 ${file.sha256}`,
    'TH Data',
    'TD 01/12/2026',
    'TH Ufficio',
    'TD Mobilità e permessi',
    'TH Operatore',
    'TD Marco Conti',
  ]);
});

test('an approval without a word is complete', async () => {
  const practice = await aPractice(desk);
  const decision = await actAndPrint(desk, practice, 'decision', 'approve', {});
  expect(decision.elements.filter((element) => element.startsWith('H2'))).toEqual([]);
  expect(decision.text).not.toContain('ricorrere');
});

test('a partial approval gives reasons and conditions, and how to appeal', async () => {
  const practice = await aPractice(desk);
  const decision = await actAndPrint(desk, practice, 'decision', 'approvePartially', { message: 'Solo di giorno.' });
  expect(decision.title).toBe('Provvedimento di accoglimento parziale');
  expect(decision.elements).toEqual(
    expect.arrayContaining([
      'P la tua domanda «Permesso di accesso alla ZTL» è stata accolta in parte, come indicato di seguito.',
      'H2 Motivi e condizioni',
      'P Solo di giorno.',
      APPEAL,
    ]),
  );
});

test('a rejection gives its reasons and how to appeal', async () => {
  const practice = await aPractice(desk);
  const decision = await actAndPrint(desk, practice, 'decision', 'reject', { message: 'La via non è nella ZTL.' });
  expect(decision.title).toBe('Provvedimento di rigetto');
  expect(decision.elements).toEqual(
    expect.arrayContaining([
      'P la tua domanda «Permesso di accesso alla ZTL» non può essere accolta per i motivi che seguono.',
      'H2 Motivi',
      'P La via non è nella ZTL.',
      APPEAL,
    ]),
  );
  expect(decision.text).not.toContain('preavviso');
});

test('a decision lists the stamps and the fee due for its release, and what was given already', async () => {
  const definition = await aService(desk, {
    stamps: { atRelease: { count: 1, amountCents: 1600 } },
    releasePayment: {
      amountCents: 5000,
      on: ['approved'],
      windowMinutes: 60,
      onExpiry: 'renewed',
      reason: 'Canone annuo',
    },
  });
  const practice = await aPractice(desk, { definition });
  await desk.db.prisma.payment.create({
    data: {
      practiceId: practice,
      ordinal: 1,
      tenantId: TENANT_ID,
      gateway: 'sandbox',
      requestId: `${practice}/pay/1`,
      amountCents: 1600,
      status: 'paid',
      iuv: '01234567890123456',
      expiresAt: FILED,
      paidAt: FILED,
      createdAt: FILED,
    },
  });
  const facts = { stamps: 2, feeCents: 5000 };
  const decision = await actAndPrint(desk, practice, 'decision', 'approve', facts, { at: DAY(1), facts });
  expect(decision.elements).toEqual(
    expect.arrayContaining([
      'H2 Dovuto per il rilascio',
      'LBody 2 marche da bollo da 16,00 € l’una',
      'LBody 50,00 €: Canone annuo',
      'P Il provvedimento è protocollato e comunicato dopo che hai versato quanto dovuto.',
      'H2 Già versato',
      'LBody Pagato: 16,00 €, IUV 01234567890123456.',
    ]),
  );
});

test.each([
  ['competitiveProcedure', 'si tratta di una procedura concorsuale (art. 10-bis, ultimo periodo, legge 241/1990)'],
  [
    'socialSecurity',
    'si tratta di un procedimento in materia previdenziale o assistenziale (art. 10-bis, ultimo periodo, legge 241/1990)',
  ],
  ['otherLaw', 'lo esclude una disposizione di legge'],
])('a rejection without notice says by what law (%s)', async (reason, words) => {
  const practice = await aPractice(desk);
  const noticeWaiver = { reason, text: 'bando approvato il 1° ottobre.' };
  const decision = await actAndPrint(desk, practice, 'decision', 'reject', { message: 'Graduatoria.', noticeWaiver });
  expect(decision.elements).toContain(
    `P Il preavviso di rigetto non è stato inviato perché ${words}: bando approvato il 1° ottobre.`,
  );
});

test.each<[Act, boolean, string]>([
  [
    'reject',
    true,
    'Il 12/12/2026 hai presentato osservazioni, che sono state esaminate. I motivi per cui non sono accolte sono indicati di seguito.',
  ],
  ['reject', false, 'Non hai presentato osservazioni nei termini. I motivi della decisione sono indicati di seguito.'],
  ['approve', true, 'Il 12/12/2026 hai presentato osservazioni, che sono state esaminate.'],
  ['approve', false, 'Non hai presentato osservazioni nei termini.'],
])('after a notice, %s says what became of the observations (received: %s)', async (act, received, words) => {
  const practice = await aPractice(desk);
  const notice = await anAct(desk, practice, 'noticeRejection', { message: 'Motivi.' }, { at: DAY(10) });
  await addDocument(desk, practice, 'rejectionNotice', notice);
  if (received) {
    const given = { at: DAY(12), actor: GIULIA };
    await addDocument(
      desk,
      practice,
      'observations',
      await anAct(desk, practice, 'submitObservations', { message: 'Non è così.' }, given),
    );
  }
  const decision = await actAndPrint(desk, practice, 'decision', act, { message: 'Deciso.' }, { at: DAY(24) });
  expect(decision.elements).toContain(
    `P Il 10/12/2026 ti abbiamo inviato il preavviso di rigetto (art. 10-bis, legge 241/1990). ${words}`,
  );
});

test('a late decision says what the term was and how long it took', async () => {
  const practice = await aPractice(desk, { state: { late: true } });
  const decision = await actAndPrint(desk, practice, 'decision', 'approve', {}, { at: DAY(30) });
  expect(decision.elements).toContain(
    'P Il termine del procedimento era di 30 giorni; la decisione è stata presa dopo 36 giorni dalla presentazione, sospensioni comprese (art. 2, comma 9-quinquies, legge 241/1990).',
  );
});

test('an uploaded response document is the document of the decision, byte for byte', async () => {
  const practice = await aPractice(desk);
  const bytes = Buffer.from('Determina n. 42');
  const stored = await desk.store.put(TENANT, Readable.from([bytes]), 1000);
  const responseDocument = aFile('determina.odt', {
    contentType: 'application/vnd.oasis.opendocument.text',
    bytes: stored.bytes,
    sha256: stored.sha256,
  });
  const command = await anAct(
    desk,
    practice,
    'reject',
    { message: 'Vedi la determina.', responseDocument },
    { at: DAY(1) },
  );
  const document = await addDocument(desk, practice, 'decision', command);
  const made = await desk.activities.renderDocument({ practice, document, kind: 'decision', at: DAY(2), command });
  expect(made).toEqual({ sha256: sha256(bytes) });
  const row = await desk.db.prisma.document.findUniqueOrThrow({
    where: { practiceId_ordinal: { practiceId: practice, ordinal: document } },
  });
  expect(row).toEqual({
    practiceId: practice,
    ordinal: document,
    tenantId: TENANT_ID,
    kind: 'decision',
    title: 'Provvedimento di rigetto',
    contentType: 'application/vnd.oasis.opendocument.text',
    bytes: bytes.length,
    sha256: sha256(bytes),
    createdAt: new Date(DAY(1)),
  });
  expect(await desk.store.read(TENANT, made.sha256)).toEqual(bytes);
});

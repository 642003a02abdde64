import { createInternalRegister } from '../../src/adapters/protocollo/internal/register';
import { requestOf } from '../../src/application/registration/request';
import type { Instant, PracticeId } from '../../src/domain/ids';
import type { Act } from '../../src/domain/practice/acts';
import { type DocumentKind, directionOf } from '../../src/domain/practice/documents';
import { systemClock } from '../../src/platform/clock';
import {
  actAndPrint,
  addDocument,
  aFile,
  anAct,
  aPractice,
  content,
  type Desk,
  FILED,
  GIULIA,
  MARCO,
  openDesk,
  printed,
  printRequest,
  TENANT_ID,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const AT = '2026-12-01T09:00:00.000Z' as Instant;

async function ask(practice: PracticeId, document: number, maxSubject?: number) {
  const { code } = await desk.db.prisma.practice.findUniqueOrThrow({ where: { id: practice } });
  const input = { practice, document, ownRef: `${code}/${document}`, direction: 'in' } as const;
  return { code: code ?? '', request: await requestOf(desk.db, input, maxSubject) };
}

const giulia = { name: 'Giulia Bianchi', taxCode: 'BNCGLI85T50D612A', email: 'giulia.bianchi@posta.example' };
const asFile = ({ name, contentType, bytes, sha256 }: ReturnType<typeof aFile>) => ({
  name,
  contentType,
  bytes,
  sha256,
});

test('the register is told of a request with all that art. 53 demands', async () => {
  const file = aFile('libretto.pdf');
  const practice = await aPractice(desk, { attachments: [file] });
  const { request: document } = await printRequest(desk, practice);
  const { code, request } = await ask(practice, document.ordinal);
  expect(request).toEqual({
    tenant: TENANT_ID,
    ownRef: `${code}/1`,
    direction: 'in',
    subject: `${code} - Domanda: Permesso di accesso alla ZTL - Giulia Bianchi BNCGLI85T50D612A`,
    receivedAt: FILED,
    parties: [{ role: 'sender', ...giulia }],
    office: 'mobilita',
    classification: '6.5',
    main: {
      name: `${code}-1.pdf`,
      contentType: 'application/pdf',
      bytes: document.row.bytes,
      sha256: document.row.sha256,
    },
    attachments: [asFile(file)],
  });
});

const file = aFile('allegato.pdf');
const MESSAGE = { message: 'Un testo.' };
const WITH_FILES = { ...MESSAGE, files: [file] };
const ANSWER = { kept: { message: null, values: [], documents: [{ label: 'Libretto', files: [file] }] } };
const ASKED = { ...MESSAGE, fields: ['vehicle.plate'], documents: [] };

test.each<[DocumentKind, Act, object, boolean, string]>([
  ['startNotice', 'communicateStart', MESSAGE, false, 'Comunicazione di avvio del procedimento'],
  ['integrationRequest', 'requestIntegration', ASKED, false, 'Richiesta di integrazioni'],
  ['integrationAnswer', 'answerIntegration', ANSWER, true, 'Risposta alla richiesta di integrazioni'],
  ['rejectionNotice', 'noticeRejection', MESSAGE, false, 'Preavviso di rigetto'],
  ['observations', 'submitObservations', WITH_FILES, true, 'Osservazioni al preavviso di rigetto'],
  ['decision', 'approve', WITH_FILES, true, 'Provvedimento di accoglimento'],
  [
    'communication',
    'communicate',
    { ...WITH_FILES, to: 'applicant', subject: 'Avviso' },
    true,
    'Comunicazione: Avviso',
  ],
  ['withdrawal', 'withdraw', {}, false, 'Ritiro della domanda'],
  ['archiving', 'archive', MESSAGE, false, 'Archiviazione della pratica'],
  ['annulment', 'annul', MESSAGE, false, 'Annullamento d’ufficio della pratica'],
])(
  'a %s is registered in its direction, at its own instant, with its own files',
  async (kind, act, payload, files, title) => {
    const practice = await aPractice(desk, { attachments: [aFile('della-domanda.pdf')] });
    const actor = directionOf(kind) === 'in' ? GIULIA : MARCO;
    const { ordinal } = await actAndPrint(desk, practice, kind, act, payload, { at: AT, actor });
    const { code, request } = await ask(practice, ordinal);
    expect(request).toMatchObject({
      direction: directionOf(kind),
      subject: `${code} - ${title} - Permesso di accesso alla ZTL - Giulia Bianchi BNCGLI85T50D612A`,
      receivedAt: AT,
      parties: [{ role: directionOf(kind) === 'in' ? 'sender' : 'recipient', ...giulia }],
      attachments: files ? [asFile(file)] : [],
    });
  },
);

test('an answer made of messages arrived with the last of them, from the applicant, with all their files', async () => {
  const practice = await aPractice(desk);
  const other = aFile('foto.png');
  const messages = [
    { id: 'a', at: '2026-11-28T08:00:00.000Z', text: 'Uno.', files: [file] },
    { id: 'b', at: '2026-11-29T08:00:00.000Z', text: 'Due.', files: [other] },
  ];
  const { ordinal } = await actAndPrint(
    desk,
    practice,
    'integrationAnswer',
    'acceptMessages',
    { kept: { messages } },
    { at: AT },
  );
  const { request } = await ask(practice, ordinal);
  expect(request).toMatchObject({
    direction: 'in',
    receivedAt: '2026-11-29T08:00:00.000Z',
    parties: [{ role: 'sender', ...giulia }],
    attachments: [asFile(file), asFile(other)],
  });
});

test('a communication to another office has that office as recipient', async () => {
  const practice = await aPractice(desk);
  const { ordinal } = await actAndPrint(desk, practice, 'communication', 'communicate', {
    to: 'office',
    recipient: { name: 'ASL Centro', email: 'protocollo@asl.example' },
    subject: 'Richiesta di parere',
    message: 'Chiediamo il parere.',
  });
  const { request } = await ask(practice, ordinal);
  expect(request.parties).toEqual([{ role: 'recipient', name: 'ASL Centro', email: 'protocollo@asl.example' }]);
});

test('the assigned office and the folder go to the register', async () => {
  const office = await desk.db.prisma.office.findFirstOrThrow({ where: { tenantId: TENANT_ID, code: 'tributi' } });
  const folder = await desk.db.prisma.folder.create({
    data: {
      id: 'f0000000-0000-4000-8000-000000000001',
      tenantId: TENANT_ID,
      key: 'service:permesso-ztl:2026',
      label: 'Permesso ZTL 2026',
      createdAt: FILED,
    },
  });
  const practice = await aPractice(desk, { row: { officeId: office.id, folderId: folder.id } });
  const { request: document } = await printRequest(desk, practice);
  const { request } = await ask(practice, document.ordinal);
  expect(request).toMatchObject({ office: 'tributi', folder: 'Permesso ZTL 2026' });
});

test('an uploaded response document is the main file, under our reference and its own type', async () => {
  const practice = await aPractice(desk);
  const responseDocument = aFile('../../determina.docx', {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  });
  const command = await anAct(desk, practice, 'reject', { message: 'Vedi.', files: [file], responseDocument });
  const document = await addDocument(desk, practice, 'decision', command);
  await desk.activities.renderDocument({ practice, document, kind: 'decision', at: AT, command });
  const { sha256, bytes, contentType } = responseDocument;
  const { code, request } = await ask(practice, 1);
  expect(request.main).toEqual({ name: `${code}-1.docx`, contentType, bytes, sha256 });
  expect(request.attachments).toEqual([asFile(file)]);
});

test('request and withdrawal of a practice withdrawn before its number came are registered as what they are', async () => {
  const practice = await aPractice(desk, { state: { status: 'withdrawn' }, attachments: [file] });
  await printRequest(desk, practice);
  const { ordinal } = await actAndPrint(desk, practice, 'withdrawal', 'withdraw', {}, { at: AT, actor: GIULIA });
  const first = await ask(practice, 1);
  expect(first.request).toMatchObject({ direction: 'in', receivedAt: FILED, attachments: [asFile(file)] });
  const register = createInternalRegister(desk.db, systemClock);
  const outcomes = [
    await register.register(first.request),
    await register.register((await ask(practice, ordinal)).request),
  ];
  expect(outcomes).toMatchObject([{ kind: 'registered' }, { kind: 'registered' }]);
  expect((await printed(desk, practice, ordinal)).title).toBe('Ritiro della domanda');
});

test('a subject too long for the register is cut between characters, never in the code', async () => {
  const practice = await aPractice(desk, { content: content({ applicant: { givenName: '🦄'.repeat(2000) } }) });
  await printRequest(desk, practice);
  const { code, request } = await ask(practice, 1);
  expect(request.subject.length).toBeLessThanOrEqual(1000);
  expect(request.subject.startsWith(`${code} - Domanda: Permesso di accesso alla ZTL - 🦄`)).toBe(true);
  expect(Buffer.from(request.subject, 'utf8').toString('utf8')).toBe(request.subject);
  expect(await createInternalRegister(desk.db, systemClock).register(request)).toMatchObject({ kind: 'registered' });
  expect((await ask(practice, 1, 60)).request.subject.length).toBeLessThanOrEqual(60);
});

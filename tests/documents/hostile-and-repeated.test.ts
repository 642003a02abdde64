import type { Instant } from '../../src/domain/ids';
import type { Act } from '../../src/domain/practice/acts';
import { DOCUMENT_KINDS, type DocumentKind } from '../../src/domain/practice/documents';
import {
  actAndPrint,
  addDocument,
  aFile,
  anAct,
  aPractice,
  content,
  type Desk,
  FILED,
  openDesk,
  type Printed,
  printRequest,
} from './support';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const MARKUP = '<b>grassetto</b> <script>alert(1)</script> {{practice.code}} $(x) & "virgolette"';
const RTL = 'مرحبا שלום \u202Eabc';
const EMOJI = 'Sì 😀 🦄 fine';
/** Five thousand characters of numbered words: a lost one is seen. */
const LONG = Array.from({ length: 850 }, (_, index) => `p${index}`)
  .join(' ')
  .padEnd(5000, ' x')
  .trimEnd();
const HOSTILE = `${MARKUP}\n${RTL}\n${EMOJI}\n${LONG}`;

const file = aFile(`${MARKUP} 😀.pdf`);
type Acts = Readonly<Record<Exclude<DocumentKind, 'request'>, { readonly act: Act; readonly payload: object }>>;
const ACTS: Acts = {
  startNotice: { act: 'communicateStart', payload: { message: HOSTILE } },
  integrationRequest: { act: 'requestIntegration', payload: { message: HOSTILE, fields: [], documents: [] } },
  integrationAnswer: {
    act: 'acceptMessages',
    payload: { kept: { messages: [{ id: 'a', at: FILED, text: HOSTILE, files: [file] }] } },
  },
  rejectionNotice: { act: 'noticeRejection', payload: { message: HOSTILE } },
  observations: { act: 'submitObservations', payload: { message: HOSTILE, files: [file] } },
  decision: { act: 'reject', payload: { message: HOSTILE, files: [file], responseDocument: null } },
  communication: { act: 'communicate', payload: { to: 'applicant', subject: MARKUP, message: HOSTILE, files: [file] } },
  withdrawal: { act: 'withdraw', payload: { reason: HOSTILE } },
  archiving: { act: 'archive', payload: { message: HOSTILE } },
  annulment: { act: 'annul', payload: { message: HOSTILE } },
};
const KINDS = DOCUMENT_KINDS.filter((kind) => kind !== 'request');

/** Printed lines are read from left to right: what is written from right to left comes back reversed. */
const reversed = (text: string): string => [...text].reverse().join('');

function expectSurvived({ text }: Printed): void {
  const words = new Set(text.split(' '));
  const parts = [
    MARKUP,
    reversed('مرحبا'),
    reversed('שלום'),
    // What could make the paper read otherwise than the data, and what no font has, is seen as lost.
    '\uFFFDabc',
    'Sì 😀 \uFFFD fine',
  ];
  const lost = [...parts.filter((part) => !text.includes(part)), ...LONG.split(' ').filter((word) => !words.has(word))];
  expect(lost).toEqual([]);
}

test.each(KINDS)('hostile text survives in a %s', async (kind) => {
  const practice = await aPractice(desk);
  const { act, payload } = ACTS[kind];
  expectSurvived(await actAndPrint(desk, practice, kind, act, payload));
});

test('hostile answers and names survive in request and receipt', async () => {
  const practice = await aPractice(desk, {
    content: content({ applicant: { givenName: MARKUP }, permit: { notes: HOSTILE } }),
    attachments: [file],
  });
  const { request, receipt } = await printRequest(desk, practice);
  expectSurvived(request);
  for (const { text } of [request, receipt]) {
    expect(text).toContain(`${MARKUP} 😀.pdf (1234 byte)`);
  }
});

test.each(KINDS)('making a %s again gives the same bytes, whether or not it was recorded', async (kind) => {
  const practice = await aPractice(desk);
  const { act, payload } = ACTS[kind];
  const command = await anAct(desk, practice, act, payload);
  const document = await addDocument(desk, practice, kind, command);
  const input = { practice, document, kind, command };
  const first = await desk.activities.renderDocument({ ...input, at: '2026-12-01T00:00:00.000Z' as Instant });
  const again = await desk.activities.renderDocument({ ...input, at: '2026-12-02T00:00:00.000Z' as Instant });
  expect(again).toEqual(first);
  // The worker died after the store and before the row.
  await desk.db.prisma.document.deleteMany({ where: { practiceId: practice } });
  const once = desk.activities.renderDocument({ ...input, at: '2026-12-03T00:00:00.000Z' as Instant });
  const twice = desk.activities.renderDocument({ ...input, at: '2026-12-03T00:00:00.000Z' as Instant });
  expect(await Promise.all([once, twice])).toEqual([first, first]);
  expect(await desk.db.prisma.document.count({ where: { practiceId: practice } })).toBe(1);
});

test('making the request again gives the same request and the same receipt, also after the practice went on', async () => {
  const practice = await aPractice(desk, { state: { status: 'submitted' } });
  const first = await printRequest(desk, practice);
  await desk.db.prisma.document.deleteMany({ where: { practiceId: practice } });
  await desk.db.prisma.practice.update({ where: { id: practice }, data: { status: 'withdrawn' } });
  await desk.activities.renderDocument({ practice, document: 1, kind: 'request', at: FILED });
  const rows = await desk.db.prisma.document.findMany({ where: { practiceId: practice }, orderBy: { ordinal: 'asc' } });
  expect(rows).toEqual([first.receipt.row, first.request.row]);
});

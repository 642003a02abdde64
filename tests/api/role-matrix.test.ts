import { randomUUID } from 'node:crypto';
import { expectStatus, practiceInCharge } from '../support/builders';
import { ApiClient, type Body } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { clientWithSession, multipart } from './support';

/** Everybody who may knock. The neighbours are the same people in another municipality. */
const KNOCKERS = [
  'owner',
  'otherCitizen',
  'operator',
  'otherOffice',
  'manager',
  'administrator',
  'auditor',
  'noToken',
  'expiredToken',
  'revokedToken',
  'neighbourCitizen',
  'neighbourOperator',
  'neighbourManager',
  'neighbourAdministrator',
  'neighbourAuditor',
] as const;

type Knocker = (typeof KNOCKERS)[number];
/** A status, with its code where it is a refusal. */
type Expected = Readonly<Record<Knocker, string>>;

const NOBODY = '401 UNAUTHENTICATED';
const NO_PRACTICE = '404 PRACTICE_NOT_FOUND';
const WRONG_ROLE = '403 FORBIDDEN';

const without = { noToken: NOBODY, expiredToken: NOBODY, revokedToken: NOBODY };
const all = (answer: string): Expected =>
  Object.fromEntries(KNOCKERS.map((knocker) => [knocker, answer])) as unknown as Expected;
/** The same for everybody who has a token. */
const everybody = (answer: string): Expected => ({ ...all(answer), ...without });
/** Whoever may see the practice: its applicant, its office, those who oversee; nobody of another municipality. */
const readers = (answer: string, nothing = NO_PRACTICE): Expected => ({
  ...everybody(nothing),
  owner: answer,
  operator: answer,
  manager: answer,
  administrator: answer,
  auditor: answer,
});
/** What applicants do; the role is judged first, then whether the practice exists for them. */
const applicants = (answer: string): Expected => ({
  ...everybody(WRONG_ROLE),
  owner: answer,
  otherCitizen: NO_PRACTICE,
  neighbourCitizen: NO_PRACTICE,
});
/** What officers do. */
const officers = (answer: string, manager = answer): Expected => ({
  ...everybody(WRONG_ROLE),
  operator: answer,
  manager,
  otherOffice: NO_PRACTICE,
  neighbourOperator: NO_PRACTICE,
  neighbourManager: NO_PRACTICE,
});

/** Applicants and the officers who may file for them. */
const filers = (answer: string, officer = answer): Expected => ({
  ...applicants(answer),
  operator: officer,
  manager: officer,
  otherOffice: NO_PRACTICE,
  neighbourOperator: NO_PRACTICE,
  neighbourManager: NO_PRACTICE,
});
const officersOf = (answer: string) => ({
  operator: answer,
  otherOffice: answer,
  manager: answer,
  neighbourOperator: answer,
  neighbourManager: answer,
});
const citizensOf = (answer: string) => ({ owner: answer, otherCitizen: answer, neighbourCitizen: answer });
const overseersElsewhere = { neighbourAdministrator: WRONG_ROLE, neighbourAuditor: WRONG_ROLE };
/** Everybody who works for a body, of whatever office. */
const staff = (answer: string): Expected => ({
  ...everybody(WRONG_ROLE),
  ...officersOf(answer),
  administrator: answer,
  auditor: answer,
  neighbourAdministrator: answer,
  neighbourAuditor: answer,
});

interface Entry {
  readonly expected: Expected;
  readonly body?: Body;
  /** A file in a form instead of a body. */
  readonly upload?: Buffer;
  /** Where a good request would change what others see, a request that goes as far and is then refused. */
  readonly path?: (ids: Ids) => string;
}

interface Ids {
  readonly practice: string;
  readonly attachment: string;
  readonly command: string;
  readonly mail: string;
}

const stale = { actVersion: 999 };

/** One entry for each route: a new route without one fails the test. The practice is in charge to the operator. */
const MATRIX: Readonly<Record<string, Entry>> = {
  'GET /health': { expected: all('200') },
  'GET /ready': { expected: all('200') },
  'GET /api/v1/status': { expected: all('200') },
  'GET /api/v1/openapi.json': { expected: all('200') },
  'POST /api/v1/tokens': {
    expected: all('401 WRONG_CREDENTIALS'),
    body: { tenant: 'bugliano', username: 'nobody', password: 'x' },
  },
  'DELETE /api/v1/tokens/current': { expected: everybody('204') },
  'GET /api/v1/services': { expected: everybody('200') },
  'GET /api/v1/services/:code': { expected: everybody('200') },
  'POST /api/v1/practices': {
    // An operator must say for whom; an office that does not handle the service may not at all.
    expected: {
      ...everybody(WRONG_ROLE),
      owner: '201',
      otherCitizen: '201',
      neighbourCitizen: '201',
      operator: '422 VALIDATION_FAILED',
      otherOffice: '403 OFFICE_NOT_ENTITLED',
      manager: '422 VALIDATION_FAILED',
      neighbourOperator: '422 VALIDATION_FAILED',
      neighbourManager: '422 VALIDATION_FAILED',
    },
    body: { service: 'permesso-ztl' },
  },
  'GET /api/v1/practices': { expected: everybody('200') },
  'GET /api/v1/practices/:id': { expected: readers('200') },
  'PUT /api/v1/practices/:id/draft': { expected: filers('409 DRAFT_FROZEN', '403 NOT_APPLICANT'), body: { data: {} } },
  'GET /api/v1/practices/:id/checkout': { expected: applicants('409 ACT_NOT_ALLOWED_IN_STATE') },
  'GET /api/v1/practices/:id/timeline': { expected: readers('200') },
  'GET /api/v1/practices/:id/documents': { expected: readers('200') },
  'GET /api/v1/practices/:id/documents/:ordinal': { expected: readers('200') },
  'GET /api/v1/commands/:id': {
    expected: readers('200', '404 COMMAND_NOT_FOUND'),
    path: ({ command }) => `/api/v1/commands/${command}`,
  },
  'POST /api/v1/practices/:id/submit': { expected: filers('409 ALREADY_SUBMITTED', '403 NOT_APPLICANT') },
  'POST /api/v1/practices/:id/integration-answers': {
    expected: applicants('409 ACT_NOT_ALLOWED_IN_STATE'),
    body: {},
  },
  'POST /api/v1/practices/:id/integration-requests': {
    expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'),
    body: { ...stale, message: 'Serve una copia della targa.', fields: ['vehicle.plate'] },
  },
  'POST /api/v1/practices/:id/take-charge': { expected: officers('409 ALREADY_IN_CHARGE'), body: stale },
  'POST /api/v1/practices/:id/take-over': {
    expected: officers('409 ALREADY_YOURS', '409 STALE_VERSION'),
    body: stale,
  },
  'POST /api/v1/practices/:id/assignments': {
    expected: officers('409 STALE_VERSION'),
    body: { ...stale, office: 'mobilita' },
  },
  'POST /api/v1/practices/:id/release': { expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'), body: stale },
  'POST /api/v1/practices/:id/priority': { expected: officers('200'), body: { priority: 'medium' } },
  'POST /api/v1/practices/:id/phase': {
    expected: officers('409 ACT_DISABLED_BY_SERVICE'),
    body: { ...stale, phase: 'review' },
  },
  'POST /api/v1/practices/:id/accept': { expected: officers('409 ACT_DISABLED_BY_SERVICE'), body: stale },
  'POST /api/v1/practices/:id/counter-payments': {
    expected: officers('409 ACT_NOT_ALLOWED_IN_STATE'),
    body: { ...stale, reason: 'Pagato in contanti alla cassa.' },
  },
  'POST /api/v1/practices/:id/start-notice': {
    expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'),
    body: stale,
  },
  'POST /api/v1/practices/:id/integration-acceptances': {
    expected: officers('422 VALIDATION_FAILED'),
    body: { ...stale, messages: [] },
  },
  'POST /api/v1/practices/:id/integration-cancellations': {
    expected: officers('409 ACT_NOT_ALLOWED_IN_STATE'),
    body: stale,
  },
  'POST /api/v1/practices/:id/rejection-notices': {
    expected: officers('409 ACT_DISABLED_BY_SERVICE'),
    body: { ...stale, message: 'Mancano i requisiti.' },
  },
  'POST /api/v1/practices/:id/approve-partially': {
    expected: officers('409 ACT_DISABLED_BY_SERVICE'),
    body: { ...stale, message: 'Si concede in parte.' },
  },
  'POST /api/v1/practices/:id/communications': {
    expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'),
    body: { ...stale, to: 'applicant', subject: 'Sopralluogo', message: 'Il sopralluogo è lunedì.' },
  },
  'POST /api/v1/practices/:id/archive': {
    expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'),
    body: { ...stale, message: 'Il richiedente non risponde.' },
  },
  'POST /api/v1/practices/:id/annul': {
    expected: {
      ...everybody(WRONG_ROLE),
      manager: '409 STALE_VERSION',
      neighbourManager: NO_PRACTICE,
    },
    body: { ...stale, message: 'Annullata in autotutela.' },
  },
  'POST /api/v1/practices/:id/reopen': {
    expected: officers('409 ACT_DISABLED_BY_SERVICE'),
    body: { ...stale, message: 'Si riesamina la domanda.' },
  },
  'POST /api/v1/practices/:id/delete-draft': {
    expected: { ...filers('409 ACT_NOT_ALLOWED_IN_STATE', '403 NOT_APPLICANT') },
  },
  'POST /api/v1/practices/:id/stamps': {
    expected: applicants('409 ACT_NOT_ALLOWED_IN_STATE'),
    body: { stamps: [{ number: '01234567890123' }] },
  },
  'POST /api/v1/practices/:id/payment-returns': { expected: applicants('409 ACT_NOT_ALLOWED_IN_STATE') },
  'POST /api/v1/practices/:id/retry-payment': { expected: filers('409 ACT_NOT_ALLOWED_IN_STATE') },
  'POST /api/v1/practices/:id/observations': {
    expected: applicants('409 ACT_NOT_ALLOWED_IN_STATE'),
    body: { message: 'Non sono d’accordo.' },
  },
  'POST /api/v1/practices/:id/withdrawals': { expected: applicants('409 WITHDRAW_AFTER_PAYMENT') },
  'GET /api/v1/practices/:id/payments': { expected: readers('200') },
  'GET /api/v1/practices/:id/payments/:ordinal/notice': { expected: readers('200') },
  'GET /api/v1/practices/:id/payments/:ordinal/receipt': { expected: readers('200') },
  'GET /api/v1/practices/folders': { expected: everybody('200') },
  'GET /api/v1/practices/counts': { expected: everybody('200') },
  'GET /api/v1/practices/export.csv': { expected: everybody('200') },
  'GET /api/v1/practices/aggregates': {
    expected: everybody('200'),
    path: () => '/api/v1/practices/aggregates?service=permesso-ztl',
  },
  'GET /api/v1/offices': { expected: everybody('200') },
  'GET /api/v1/operators': { expected: staff('200') },
  'GET /api/v1/statistics': { expected: staff('200') },
  'POST /api/v1/services/:code/quotes': { expected: everybody('200'), body: { data: {} } },
  'POST /api/v1/tokens/guest': {
    expected: all('401 WRONG_CREDENTIALS'),
    body: { tenant: 'nowhere', givenName: 'A', familyName: 'B', email: 'a@b.example', phone: '055 123456' },
  },
  'GET /api/v1/files/places': { expected: everybody('200') },
  'GET /api/v1/practices/:id/messages': { expected: readers('200') },
  'POST /api/v1/practices/:id/messages': {
    expected: { ...readers('201'), administrator: WRONG_ROLE, auditor: WRONG_ROLE, ...overseersElsewhere },
    body: { text: 'Buongiorno.' },
  },
  'GET /api/v1/practices/:id/notes': {
    expected: { ...readers('200'), ...citizensOf(WRONG_ROLE) },
  },
  'POST /api/v1/practices/:id/notes': { expected: officers('201'), body: { text: 'Da verificare.' } },
  'GET /metrics': { expected: all('401 UNAUTHENTICATED') },
  'GET /api/v1/me/notices': {
    expected: { ...everybody(WRONG_ROLE), ...officersOf('200') },
  },
  'PUT /api/v1/me/notices': {
    expected: { ...everybody(WRONG_ROLE), ...officersOf('200') },
    body: { frequency: 'atOnce' },
  },
  'GET /api/v1/practices/:id/notifications': { expected: readers('200') },
  'GET /api/v1/practices/:id/notifications/:messageId/raw': {
    expected: readers('200'),
    path: ({ practice, mail }) => `/api/v1/practices/${practice}/notifications/${mail}/raw`,
  },
  'POST /api/v1/practices/:id/approve': { expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'), body: stale },
  'POST /api/v1/practices/:id/reject': {
    expected: officers('409 STALE_VERSION', '403 NOT_ASSIGNEE'),
    body: { ...stale, message: 'Mancano i requisiti.' },
  },
  'POST /api/v1/practices/:id/retry-registration': {
    expected: {
      ...officers('409 NOTHING_TO_RETRY'),
      administrator: '409 NOTHING_TO_RETRY',
      neighbourAdministrator: NO_PRACTICE,
    },
  },
  'POST /api/v1/practices/:id/attachments': {
    expected: filers('409 DRAFT_FROZEN', '403 NOT_APPLICANT'),
    upload: multipart({ head: 'name="file"; filename="a.pdf"', content: '%PDF-1.4' }),
    path: ({ practice }) => `/api/v1/practices/${practice}/attachments?field=vehicle.registrationCertificate`,
  },
  'DELETE /api/v1/practices/:id/attachments/:attachmentId': {
    expected: filers('409 DRAFT_FROZEN', '403 NOT_APPLICANT'),
  },
  'GET /api/v1/practices/:id/attachments/:attachmentId': { expected: readers('200') },
  'POST /api/v1/callbacks/payments/:gateway': { expected: all('401 CALLBACK_REFUSED'), body: {} },
};

let system: System;
let ids: Ids;
beforeAll(async () => {
  system = await startSystem();
  const owner = await system.as('giulia.bianchi');
  const practice = await practiceInCharge(system, owner, await system.as('marco.conti'));
  const where = { practiceId: practice };
  const attachment = (await system.db.prisma.attachment.findFirstOrThrow({ where })).id;
  const command = (await system.db.prisma.inboxRow.findFirstOrThrow({ where: { ...where, type: 'submit' } })).id;
  const mail = await until('a mail to have left', async () => {
    const row = await system.db.prisma.message.findFirst({ where: { ...where, status: 'sent' } });
    return row?.id;
  });
  ids = { practice, attachment, command, mail };
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** A client of its own each time: one of the routes ends the session. */
async function knock(knocker: Knocker): Promise<ApiClient> {
  switch (knocker) {
    case 'noToken':
      return ApiClient.stranger(system);
    case 'expiredToken':
      return clientWithSession(system, 'giulia.bianchi', 'bugliano', -1);
    case 'revokedToken': {
      const client = await clientWithSession(system, 'giulia.bianchi');
      await client.send('DELETE', '/api/v1/tokens/current');
      return client;
    }
    default: {
      const [username, tenant] = ACCOUNTS[knocker];
      return clientWithSession(system, username, tenant);
    }
  }
}

const ACCOUNTS: Readonly<Record<Exclude<Knocker, keyof typeof without>, readonly [string, string]>> = {
  owner: ['giulia.bianchi', 'bugliano'],
  otherCitizen: ['paolo.esposito', 'bugliano'],
  operator: ['marco.conti', 'bugliano'],
  otherOffice: ['luca.neri', 'bugliano'],
  manager: ['elena.riva', 'bugliano'],
  administrator: ['admin', 'bugliano'],
  auditor: ['revisore', 'bugliano'],
  neighbourCitizen: ['giulia.bianchi', 'vicinato'],
  neighbourOperator: ['marco.conti', 'vicinato'],
  neighbourManager: ['elena.riva', 'vicinato'],
  neighbourAdministrator: ['admin', 'vicinato'],
  neighbourAuditor: ['revisore', 'vicinato'],
};

/** The routes of the application, as its router knows them; the pages of the documentation are files. */
function registeredRoutes(): string[] {
  const routes: string[] = [];
  const parents: string[] = [];
  for (const line of system.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const found = /^((?:[│ ] {3})*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) continue;
    const [, indent = '', part = '', methods = ''] = found;
    parents.length = indent.length / 4;
    parents.push(part);
    for (const method of methods.split(', ')) {
      if (method && method !== 'HEAD') routes.push(`${method} ${parents.join('')}`);
    }
  }
  return routes.filter((route) => !/ \/docs(\/|$)/.test(route)).sort();
}

function addressOf(route: string): string {
  return (route.split(' ')[1] ?? '')
    .replace(':id', ids.practice)
    .replace(':attachmentId', ids.attachment)
    .replace(':ordinal', '1')
    .replace(':code', 'permesso-ztl')
    .replace(':gateway', 'sandbox');
}

test('every route of the application stands in the matrix, and nothing else', () => {
  expect(registeredRoutes()).toEqual(Object.keys(MATRIX).sort());
});

test.each(Object.keys(MATRIX))('%s answers each role as it should', async (route) => {
  const entry = MATRIX[route];
  if (!entry) throw new Error('no entry');
  const method = route.split(' ')[0] as 'GET' | 'POST' | 'PUT' | 'DELETE';
  const url = entry.path?.(ids) ?? addressOf(route);
  const sent = { ...(entry.body && { body: entry.body }), ...(entry.upload && { raw: entry.upload }) };
  const ask = async (knocker: Knocker) => {
    const headers = {
      ...(entry.upload && { 'content-type': 'multipart/form-data; boundary=XX' }),
      'idempotency-key': randomUUID(),
      'x-forwarded-for': `10.0.0.${KNOCKERS.indexOf(knocker)}`,
    };
    const client = await knock(knocker);
    const { status, body } = await client.send(method, url, { headers, ...sent });
    // The same door by another name.
    if (method === 'GET') expect((await client.send('HEAD', url, { headers })).status).toBe(status);
    return [knocker, status < 400 ? String(status) : `${status} ${body.code}`];
  };
  expect(Object.fromEntries(await Promise.all(KNOCKERS.map(ask)))).toEqual(entry.expected);
});

test('all of this left the practice as it was', async () => {
  const operator = await clientWithSession(system, 'marco.conti');
  const body = await expectStatus(200, operator.get(`/api/v1/practices/${ids.practice}`));
  expect(body).toMatchObject({ status: 'inCharge', pending: [], assignee: { name: 'Marco Conti' } });
});

import { seedId } from '../../src/application/seed';
import { asId, type Instant } from '../../src/domain/ids';
import { seedPractices } from '../queries/seed';
import { expectStatus } from '../support/builders';
import type { ApiClient, Body } from '../support/client';
import { buildSystem, type System } from '../support/system';
import { expectProblem, invalid } from './support';

// A Tuesday.
const NOW = '2026-11-24T10:00:00.000Z';

let system: System;
let operator: ApiClient;
let citizen: ApiClient;
const names = new Map<string, string>();
const idOf = (name: string) => [...names].find(([, known]) => known === name)?.[0] ?? '';

const ROWS = {
  mine: { assignee: 'marco.conti', changedAt: '2026-11-24T08:00:00.000Z', priority: 'high' },
  saras: { assignee: 'sara.ferri', changedAt: '2026-11-23T08:00:00.000Z', late: true, answerBy: '2026-11-20' },
  ofOffice: { status: 'inCharge', office: 'mobilita', changedAt: '2026-11-16T08:00:00.000Z', answerBy: '2026-12-01' },
  free: { status: 'registered', changedAt: '2026-11-01T00:00:00.000Z', attention: ['deliveryFailed'] },
  notYet: { status: 'registering', changedAt: '2026-10-31T22:59:59.999Z', priority: 'low' },
  unproven: { status: 'registered', identity: 'unverified', changedAt: '2026-10-10T08:00:00.000Z' },
  desk: { status: 'registered', authorKind: 'operator', author: 'sara.ferri', changedAt: '2026-09-01T08:00:00.000Z' },
  done: { status: 'approved', assignee: 'marco.conti', endedAt: '2026-09-02T08:00:00.000Z', outcome: 'approved' },
  mail: { status: 'inCharge', folder: 'Permessi 2026', area: 'centro', assignee: 'sara.ferri' },
} as const;

beforeAll(async () => {
  system = await buildSystem({ clock: { now: () => asId<Instant>(NOW) } });
  const rows = Object.values(ROWS).map((row) => ({ createdAt: '2026-08-01T08:00:00.000Z', ...row }));
  const ids = await seedPractices(system, rows);
  for (const [index, name] of Object.keys(ROWS).entries()) names.set(ids[index] ?? '', name);
  [operator, citizen] = await Promise.all([system.as('marco.conti'), system.as('giulia.bianchi')]);
});
afterAll(() => system.stop());

async function found(query: string, client = operator): Promise<string[]> {
  const { items, total } = await expectStatus(200, client.get(`/api/v1/practices?limit=100&count=exact&${query}`));
  expect(total).toBe(items.length);
  return items.map(({ id }: Body) => names.get(id)).sort();
}

const everything = Object.keys(ROWS).sort();

test.each<[string, string[]]>([
  ['service=permesso-ztl', everything],
  ['service=cila', []],
  ['service=cila&service=permesso-ztl', everything],
  ['service=unknown', []],
  ['status=registered', ['desk', 'free', 'unproven']],
  ['status=registered&status=approved', ['desk', 'done', 'free', 'unproven']],
  ['service=permesso-ztl&status=approved', ['done']],
  ['tab=approved', ['done']],
  ['area=centro', ['mail']],
  ['work=mine', ['done', 'mine']],
  ['work=mine&progress=open', ['mine']],
  ['work=unassigned', ['desk', 'free', 'ofOffice', 'unproven']],
  ['work=toAccept', []],
  ['work=myOffices', everything],
  ['changed=today', ['mine']],
  ['changed=yesterday', ['saras']],
  ['changed=thisWeek', ['mine', 'saras']],
  ['changed=lastWeek', ['ofOffice']],
  ['changed=thisMonth', ['free', 'mine', 'ofOffice', 'saras']],
  ['changed=lastMonth', ['notYet', 'unproven']],
  ['changedFrom=2026-10-31&changedTo=2026-11-01', ['free', 'notYet']],
  ['changedTo=2026-09-01', ['desk', 'done', 'mail']],
  ['changedFrom=2026-11-24', ['mine']],
  ['priority=high', ['mine']],
  ['priority=low', ['notYet']],
  ['identity=unverified', ['unproven']],
  ['identity=verified', everything.filter((name) => name !== 'unproven')],
  ['author=operator', ['desk']],
  [`assignee=${seedId('bugliano', 'account', 'sara.ferri')}`, ['mail', 'saras']],
  ['office=mobilita', everything],
  ['office=tributi', []],
  ['office=unknown', []],
  ['attention=true', ['free']],
  ['attention=false', everything.filter((name) => name !== 'free')],
  ['late=true', ['saras']],
  ['late=false', everything.filter((name) => name !== 'saras')],
  ['dueBefore=2026-11-24', ['saras']],
  ['dueBefore=2026-12-01', ['saras']],
  ['dueBefore=2026-12-02', ['ofOffice', 'saras']],
  ['progress=ended', ['done']],
  ['progress=open', everything.filter((name) => name !== 'done')],
  ['status=registered&author=operator&changed=lastMonth', []],
  ['status=registered&author=operator&work=unassigned', ['desk']],
])('%s', async (query, expected) => {
  expect(await found(query)).toEqual(expected);
});

test('a folder lists its practices', async () => {
  const { items } = await expectStatus(200, operator.get(`/api/v1/practices?q=${idOf('mail')}`));
  expect(items[0].folder.label).toBe('Permessi 2026');
  expect(await found(`folder=${items[0].folder.id}`)).toEqual(['mail']);
});

test('what was assigned to an office is its work, not that of another which handles the service', async () => {
  const [report] = await seedPractices(system, [
    { service: 'segnalazione', status: 'registered', office: 'polizia-locale' },
  ]);
  const urp = await system.as('nadia.fabbri');
  const police = await system.as('ivo.serra');
  const works = async (client: ApiClient, query: string) =>
    (await expectStatus(200, client.get(`/api/v1/practices?${query}`))).items.map(({ id }: Body) => id);
  expect(await works(urp, '')).toEqual([report]);
  expect(await works(urp, 'work=myOffices')).toEqual([]);
  expect(await works(police, 'work=myOffices')).toEqual([report]);
  expect(await works(urp, 'office=urp')).toEqual([]);
  expect(await works(urp, 'office=polizia-locale')).toEqual([report]);
});

test('those who oversee have no office, hence no work of one', async () => {
  expect(await found('work=myOffices', await system.as('admin'))).toEqual([]);
});

test('applicants use the filters that are about their own knowledge', async () => {
  expect(await found('tab=approved', citizen)).toEqual(['done']);
  expect(await found('status=registered&late=false', citizen)).toEqual(['desk', 'free', 'unproven']);
  expect(await found('progress=ended', citizen)).toEqual(['done']);
});

test.each(['work', 'priority', 'assignee', 'office', 'attention'])(
  'the filter %s is not for applicants',
  async (name) => {
    const values: Record<string, string> = { work: 'mine', priority: 'high', office: 'mobilita', attention: 'true' };
    const query = `${name}=${values[name] ?? seedId('bugliano', 'account', 'sara.ferri')}`;
    const message = `"${name}" è un filtro riservato agli uffici.`;
    expectProblem(
      await citizen.get(`/api/v1/practices?${query}`),
      invalid({ path: name, rule: 'officeOnly', message }),
    );
  },
);

test('a state that the one service asked for can never have is refused with those it can', async () => {
  const { status, body } = await operator.get('/api/v1/practices?service=permesso-ztl&status=inCharge&status=toAccept');
  expect(status).toBe(422);
  expect(body.errors).toEqual([
    {
      path: 'status',
      rule: 'impossible',
      message: expect.stringMatching(
        /^Una pratica di "permesso-ztl" non è mai nello stato "Da accettare" \(toAccept\)\. Può essere: draft, awaitingPayment, .*, expired\.$/,
      ),
    },
  ]);
  expect(await found('service=permesso-ztl&service=cila&status=toAccept')).toEqual([]);
  expect(await found('status=toAccept')).toEqual([]);
});

test.each<[string, { path: string; rule: string; message: string }]>([
  [
    'changed=today&changedTo=2026-11-24',
    {
      path: 'changed',
      rule: 'conflict',
      message: 'Indica un periodo ("changed") oppure le date da e a, non entrambi.',
    },
  ],
  [
    'changedFrom=2026-11-24&changedTo=2026-11-23',
    { path: 'changedTo', rule: 'order', message: 'La data finale viene prima di quella iniziale.' },
  ],
  ['priority=urgent', { path: 'priority', rule: 'choice', message: '"priority" può essere solo: high, medium, low.' }],
  ['late=maybe', { path: 'late', rule: 'choice', message: '"late" può essere solo: true, false.' }],
  ['count=all', { path: 'count', rule: 'choice', message: '"count" può essere solo: exact.' }],
])('%s: refused', async (query, error) => {
  expectProblem(await operator.get(`/api/v1/practices?${query}`), invalid(error));
});

test.each([
  'changedFrom=24/11/2026',
  'changedTo=2026-02-30',
  'dueBefore=9999-12-31',
  'dueBefore=0001-01-01',
  'changedTo=12026-01-01',
  'assignee=marco',
  'folder=1',
])('%s: refused as badly written', async (query) => {
  const { status, body } = await operator.get(`/api/v1/practices?${query}`);
  expect([status, body.code, body.errors[0].path, body.errors[0].rule]).toEqual([
    422,
    'VALIDATION_FAILED',
    query.split('=')[0],
    'format',
  ]);
});

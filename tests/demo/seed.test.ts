import { DEMO_ACCOUNTS, DEMO_OFFICES } from '../../src/application/demo-data';
import { publishService, seedDemo, seedId } from '../../src/application/seed';
import { serviceDefinitionSchema } from '../../src/application/services/definition';
import { DEMO_SERVICES } from '../../src/application/services/demo-services';
import { permessoZtl } from '../../src/application/services/permesso-ztl';
import { isTaxCode } from '../../src/domain/people/tax-code';
import { systemClock } from '../../src/platform/clock';
import { freshDatabase, type TestDatabase } from '../support/database';

let db: TestDatabase;

beforeAll(async () => {
  db = await freshDatabase();
});

afterAll(() => db.drop());

test('every service of the demo is a valid definition, and its offices and people exist', () => {
  const offices = DEMO_OFFICES.map(({ code }) => code as string);
  const people = new Map(DEMO_ACCOUNTS.map((account) => [account.username, account.offices as readonly string[]]));
  for (const service of DEMO_SERVICES) {
    expect(serviceDefinitionSchema.parse(service)).toEqual(service);
    expect(offices).toEqual(expect.arrayContaining([...service.offices]));
    const { cases = [], otherwise } = service.automaticAssignment ?? {};
    for (const { office, operator } of [...cases.map(({ to }) => to), ...(otherwise ? [otherwise] : [])]) {
      if (operator) expect(people.get(operator)).toContain(office);
    }
  }
});

test('user names are unique and tax codes are correct', () => {
  expect(new Set(DEMO_ACCOUNTS.map(({ username }) => username)).size).toBe(DEMO_ACCOUNTS.length);
  for (const { taxCode } of DEMO_ACCOUNTS) if (taxCode) expect(isTaxCode(taxCode)).toBe(true);
});

test('every office has somebody who works there', () => {
  for (const { code } of DEMO_OFFICES) {
    expect(DEMO_ACCOUNTS.filter(({ role, offices }) => role === 'operator' && offices.includes(code))).not.toEqual([]);
  }
});

test('a municipality of release 0.1.0 gets what is new, and what it had stays as it was', async () => {
  const tenant = { code: 'antica', name: 'Comune di Antica' };
  const tenantId = seedId('antica', 'tenant', 'antica');
  await db.prisma.tenant.create({ data: { id: tenantId, ...tenant, createdAt: systemClock.now() } });
  const office = { id: seedId('antica', 'office', 'mobilita'), tenantId, code: 'mobilita', name: 'Mobilità' };
  await db.prisma.office.create({ data: office });
  // What 0.1.0 stored has none of the keys that came later.
  const { category: _c, access: _a, folder: _f, rejectionNotice: _r, texts: _t, ...stored } = permessoZtl;
  const published = { tenantId, code: 'permesso-ztl', version: 1, officeIds: [office.id] };
  await db.prisma.serviceVersion.create({
    data: { ...published, definition: { ...stored, version: 1 } as never, publishedAt: systemClock.now() },
  });
  await seedDemo(db, systemClock, tenant);
  await seedDemo(db, systemClock, tenant);
  const versions = await db.prisma.serviceVersion.findMany({
    where: { tenantId },
    orderBy: [{ code: 'asc' }, { version: 'asc' }],
  });
  expect(versions.map(({ code, version }) => `${code} ${version}`)).toEqual(
    [...DEMO_SERVICES.map(({ code, version }) => `${code} ${version}`), 'permesso-ztl 1'].sort(),
  );
  expect(versions.find(({ code, version }) => code === 'permesso-ztl' && version === 1)?.definition).toEqual({
    ...JSON.parse(JSON.stringify(stored)),
    version: 1,
  });
  expect(await db.prisma.office.findUnique({ where: { id: office.id } })).toEqual({ ...office, email: null });
  expect(await db.prisma.office.count({ where: { tenantId } })).toBe(DEMO_OFFICES.length);
  expect(await db.prisma.account.count({ where: { tenantId } })).toBe(DEMO_ACCOUNTS.length);
});

test('a published version can be published again only unchanged', async () => {
  await publishService(db, systemClock, 'bugliano', permessoZtl);
  await expect(publishService(db, systemClock, 'bugliano', { ...permessoZtl, termDays: 31 })).rejects.toThrow(
    'permesso-ztl version 2 is already published with another content: give it a new version number',
  );
});

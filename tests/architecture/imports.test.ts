import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectOf, ROOT, runTool } from './support';

interface Report {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

const CONFIG = join(ROOT, '.dependency-cruiser.cjs');

async function violationsIn(root: string): Promise<string[]> {
  const args = ['--config', CONFIG, '--output-type', 'json', 'src'];
  const { out } = await runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, root);
  const { summary } = JSON.parse(out) as Report;
  return summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`).sort();
}

/** What every layer offers, and packages as far as an import must resolve. */
const SURROUNDINGS = {
  'tsconfig.json': readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'),
  'package.json': JSON.stringify({
    dependencies: Object.fromEntries(
      ['zod', 'fastify', '@temporalio/workflow', '@temporalio/client', '@temporalio/worker'].map((name) => [name, '1']),
    ),
    devDependencies: { 'fast-check': '1' },
  }),
  ...Object.fromEntries(
    [
      'zod',
      'fastify',
      '@temporalio/workflow',
      '@temporalio/client',
      '@temporalio/worker',
      'fast-check',
      'stranger',
    ].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ]),
  ),
  'src/domain/thing.ts': 'export interface Thing {}\nexport const thing = 1;\n',
  'src/forms/form.ts': 'export const form = 1;\n',
  'src/generated/prisma/client.ts': 'export const Prisma = 1;\n',
  'src/platform/database.ts': 'export interface Database {}\nexport const database = 1;\n',
  'src/platform/digest.ts': 'export const digest = 1;\n',
  'src/platform/config.ts': 'export const config = 1;\n',
  'src/activities/contract.ts': 'export interface Contract {}\nexport const QUEUES = 1;\n',
  'src/activities/ports/mail.ts': 'export interface MailPort {}\nexport class RecipientRefused extends Error {}\n',
  'src/adapters/mail/index.ts': 'export const mailer = 1;\n',
  'src/application/use-case.ts': 'export const useCase = 1;\n',
  'src/api/app.ts': 'export const app = 1;\n',
  'src/sandbox/server.ts': 'export const sandbox = 1;\n',
  'src/workflows/index.ts': 'export const practice = 1;\n',
};

test('the tree as it is breaks no rule', async () => {
  expect(await violationsIn(ROOT)).toEqual([]);
});

/** One tree with every kind of breach beside what is allowed, so that it is cruised once. */
const CASES = {
  'src/domain/bad.ts': `import { form } from '../forms/form';
import type { MailPort } from '../activities/ports/mail';
import { z } from 'zod';
import { join } from 'node:path';
export type A = MailPort; export const bad = [form, z, join];`,
  'src/workflows/bad.ts': `import { QUEUES } from '../activities/contract';
import { RecipientRefused } from '../activities/ports/mail';
import { z } from 'zod';
import { createHash } from 'node:crypto';
export const bad = [QUEUES, RecipientRefused, z, createHash];`,
  'src/workflows/good.ts': `import type { Contract } from '../activities/contract';
import { sleep } from '@temporalio/workflow';
import { thing } from '../domain/thing';
export type A = Contract; export const good = [sleep, thing];`,
  'src/forms/bad.ts': `import { useCase } from '../application/use-case';
import fastify from 'fastify';
export const bad = [useCase, fastify];`,
  'src/forms/good.ts': `import { z } from 'zod';
import { thing } from '../domain/thing';
export const good = [z, thing];`,
  'src/activities/bad.ts': `import { mailer } from '../adapters/mail';
import { database } from '../platform/database';
export const bad = [mailer, database];`,
  'src/activities/good.ts': `import type { Database } from '../platform/database';
import { useCase } from '../application/use-case';
import { RecipientRefused } from './ports/mail';
export type A = Database; export const good = [useCase, RecipientRefused];`,
  'src/adapters/mail/bad.ts': `import { useCase } from '../../application/use-case';
import { app } from '../../api/app';
import { practice } from '../../workflows';
import { Prisma } from '../../generated/prisma/client';
export const bad = [useCase, app, practice, Prisma];`,
  'src/adapters/mail/good.ts': `import { RecipientRefused } from '../../activities/ports/mail';
import { digest } from '../../platform/digest';
import { z } from 'zod';
export const good = [RecipientRefused, digest, z];`,
  'src/application/bad.ts': `import { mailer } from '../adapters/mail';
import { QUEUES } from '../activities/contract';
import { practice } from '../workflows';
import { config } from '../platform/config';
import { Worker } from '@temporalio/worker';
export const bad = [mailer, QUEUES, practice, config, Worker];`,
  'src/application/good.ts': `import type { Contract } from '../activities/contract';
import type { practice } from '../workflows';
import { Client } from '@temporalio/client';
import { Prisma } from '../generated/prisma/client';
export type A = [Contract, typeof practice]; export const good = [Client, Prisma];`,
  'src/api/bad.ts': `import { mailer } from '../adapters/mail';
import { Prisma } from '../generated/prisma/client';
import { database } from '../platform/database';
import { practice } from '../workflows';
export const bad = [mailer, Prisma, database, practice];`,
  'src/api/good.ts': `import type { Prisma } from '../generated/prisma/client';
import { useCase } from '../application/use-case';
import { RecipientRefused } from '../activities/ports/mail';
export type A = typeof Prisma; export const good = [useCase, RecipientRefused];`,
  'src/sandbox/bad.ts': `import { mailer } from '../adapters/mail';
import type { Database } from '../platform/database';
export type A = Database; export const bad = mailer;`,
  'src/platform/bad.ts': `import { useCase } from '../application/use-case';
export const bad = useCase;`,
  'src/cli/main.ts': `import { mailer } from '../adapters/mail';
import { app } from '../api/app';
import { config } from '../platform/config';
export const good = [mailer, app, config];`,
  'src/domain/one.ts': "import type { Two } from './two';\nexport interface One { two: Two }\n",
  'src/domain/two.ts': "import type { One } from './one';\nexport interface Two { one: One }\n",
  'src/api/packages.ts':
    "import 'fast-check';\nimport 'stranger';\nimport '../../tests/helper';\nimport './nowhere';\n",
  'tests/helper.ts': 'export {};\n',
  'src/api/forgotten.ts': "import { app } from './app';\nexport const forgotten = app;\n",
  'src/api/alone.ts': 'export const alone = 1;\n',
};

describe('in a tree with every kind of breach', () => {
  let found: string[];
  beforeAll(async () => {
    found = await violationsIn(projectOf({ ...SURROUNDINGS, ...CASES }));
  });

  test('each import that a layer may not make is caught, and no other', () => {
    expect(found.filter((line) => !line.startsWith('no-'))).toEqual([
      'activities-sees-only: src/activities/bad.ts → src/adapters/mail/index.ts',
      'activities-types-only: src/activities/bad.ts → src/platform/database.ts',
      'adapters-sees-only: src/adapters/mail/bad.ts → src/api/app.ts',
      'adapters-sees-only: src/adapters/mail/bad.ts → src/application/use-case.ts',
      'adapters-sees-only: src/adapters/mail/bad.ts → src/workflows/index.ts',
      'adapters-types-only: src/adapters/mail/bad.ts → src/generated/prisma/client.ts',
      'api-sees-only: src/api/bad.ts → src/adapters/mail/index.ts',
      'api-sees-only: src/api/bad.ts → src/platform/database.ts',
      'api-sees-only: src/api/bad.ts → src/workflows/index.ts',
      'api-types-only: src/api/bad.ts → src/generated/prisma/client.ts',
      'application-sees-only: src/application/bad.ts → src/adapters/mail/index.ts',
      'application-sees-only: src/application/bad.ts → src/platform/config.ts',
      'application-temporal-client: src/application/bad.ts → node_modules/@temporalio/worker/index.js',
      'application-types-only: src/application/bad.ts → src/activities/contract.ts',
      'application-types-only: src/application/bad.ts → src/workflows/index.ts',
      'domain-packages: src/domain/bad.ts → node_modules/zod/index.js',
      'domain-packages: src/domain/bad.ts → path',
      'domain-sees-only: src/domain/bad.ts → src/activities/ports/mail.ts',
      'domain-sees-only: src/domain/bad.ts → src/forms/form.ts',
      'forms-packages: src/forms/bad.ts → node_modules/fastify/index.js',
      'forms-sees-only: src/forms/bad.ts → src/application/use-case.ts',
      'platform-sees-only: src/platform/bad.ts → src/application/use-case.ts',
      'sandbox-sees-only: src/sandbox/bad.ts → src/adapters/mail/index.ts',
      'sandbox-sees-only: src/sandbox/bad.ts → src/platform/database.ts',
      'workflows-packages: src/workflows/bad.ts → crypto',
      'workflows-packages: src/workflows/bad.ts → node_modules/zod/index.js',
      'workflows-sees-only: src/workflows/bad.ts → src/activities/ports/mail.ts',
      'workflows-types-only: src/workflows/bad.ts → src/activities/contract.ts',
    ]);
  });

  test('a circle is caught, also when it is of types alone', () => {
    expect(found.filter((line) => line.startsWith('no-circular'))).toEqual([
      'no-circular: src/domain/one.ts → src/domain/two.ts',
    ]);
  });

  test('what is installed only for development, or not at all, is caught', () => {
    expect(
      found.filter((line) => line.includes('src/api/packages.ts → ') && !line.startsWith('no-unreachable')),
    ).toEqual([
      'no-dev-dependencies: src/api/packages.ts → node_modules/fast-check/index.js',
      'no-tests-in-src: src/api/packages.ts → tests/helper.ts',
      'no-undeclared-packages: src/api/packages.ts → ./nowhere',
      'no-undeclared-packages: src/api/packages.ts → node_modules/stranger/index.js',
      'no-unresolved: src/api/packages.ts → ./nowhere',
    ]);
  });

  test('a file that no program reaches is caught', () => {
    expect(found.filter((line) => /src\/api\/(forgotten|alone|app)/.test(line))).toEqual(
      expect.arrayContaining([
        'no-orphans: src/api/alone.ts → src/api/alone.ts',
        'no-unreachable: src/api/alone.ts → src/api/alone.ts',
        'no-unreachable: src/api/forgotten.ts → src/api/forgotten.ts',
      ]),
    );
    expect(found.filter((line) => line.startsWith('no-unreachable') && line.includes('src/api/app.ts'))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSandboxRules } from '../../scripts/check-sandbox-rules';
import { projectOf, ROOT, runTool } from './support';

interface BiomeReport {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

/** The project's own lint, on files that are not of the project. */
async function lint(files: Readonly<Record<string, string>>): Promise<string[]> {
  const {
    vcs: _vcs,
    files: _files,
    $schema: _schema,
    ...config
  } = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  const root = projectOf({ ...files, 'biome.json': JSON.stringify(config) });
  const { out } = await runTool(
    '@biomejs/biome/bin/biome',
    ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
    root,
  );
  const { diagnostics } = JSON.parse(out.slice(out.indexOf('{'))) as BiomeReport;
  return diagnostics.map(({ category, location }) => `${location.path} ${category}`).sort();
}

const GLOBALS = [
  'new Intl.NumberFormat()',
  'Temporal.Now.instant()',
  'process.env',
  'Buffer.alloc(1)',
  "require('x')",
  'crypto.randomUUID()',
  'performance.now()',
  "fetch('x')",
  'setTimeout(() => 1, 1)',
  'setInterval(() => 1, 1)',
  'setImmediate(() => 1)',
  'queueMicrotask(() => 1)',
  'globalThis',
  'new WeakRef({})',
];
const IMPORTS = [
  "import { z } from 'zod';\nexport const bad = z;",
  "import { z } from 'zod/v4';\nexport const bad = z;",
  "import { uuid4 } from '@temporalio/workflow';\nexport const bad = uuid4;",
];
const NODE = [
  "import { join } from 'node:path';\nexport const bad = join;",
  "import { createHash } from 'crypto';\nexport const bad = createHash;",
  "import fs from 'fs/promises';\nexport const bad = fs;",
];

/** Each snippet in a file of its own, in both folders that the rules guard, and once outside. */
function everywhere(name: string, texts: readonly string[]) {
  const folders = ['src/domain', 'src/workflows', 'src/application'];
  return Object.fromEntries(
    folders.flatMap((folder) => texts.map((text, index) => [`${folder}/${name}${index}.ts`, `${text}\n`])),
  );
}

test('lint refuses globals, Node modules and imports that the sandbox must not see, and only there', async () => {
  const found = await lint({
    ...everywhere(
      'global',
      GLOBALS.map((text) => `export const bad = ${text};`),
    ),
    ...everywhere('import', IMPORTS),
    ...everywhere('node', NODE),
    'src/workflows/good.ts': `import { sleep } from '@temporalio/workflow';
export async function good(): Promise<number> {
  await sleep(1000);
  return Date.now() + Math.max(1, 2);
}
`,
  });
  const rules = /noRestrictedGlobals|noRestrictedImports|noNodejsModules/;
  const guarded = ['src/domain', 'src/workflows'];
  expect(found.filter((line) => rules.test(line))).toEqual(
    guarded
      .flatMap((folder) => [
        ...GLOBALS.map((_text, index) => `${folder}/global${index}.ts lint/style/noRestrictedGlobals`),
        ...IMPORTS.map((_text, index) => `${folder}/import${index}.ts lint/style/noRestrictedImports`),
        ...NODE.map((_text, index) => `${folder}/node${index}.ts lint/correctness/noNodejsModules`),
      ])
      .sort(),
  );
  expect(found.filter((line) => line.includes('good.ts'))).toEqual([]);
});

const TSCONFIG = JSON.stringify({ compilerOptions: { target: 'es2022', lib: ['es2022'], strict: true, types: [] } });

test('the tree as it is breaks no rule of the sandbox', () => {
  expect(checkSandboxRules(ROOT)).toEqual([]);
});

const BREACHES: readonly (readonly [string, string, string])[] = [
  ['src/domain', 'const x = Math.random();', 'Math.random(): nothing is random here, derive it from the practice'],
  ['src/workflows', 'const x = [Math.random()];', 'Math.random(): nothing is random here, derive it from the practice'],
  [
    'src/domain',
    'const x = (1600).toLocaleString();',
    'toLocaleString() reads the language data of the host: write the text by hand',
  ],
  [
    'src/workflows',
    "const x = 'a'.localeCompare('b');",
    'localeCompare() reads the language data of the host: write the text by hand',
  ],
  [
    'src/domain',
    'const x = new Date(0).getHours();',
    'getHours() reads the time zone of the host: use src/domain/terms/rome or UTC',
  ],
  [
    'src/workflows',
    'const x = new Date(2026, 10, 24);',
    'new Date(year, month, …) reads the time zone of the host: use Date.UTC',
  ],
  ['src/domain', 'const x = Date.now();', 'Date.now(): the domain is told instants, it has no clock'],
  ['src/domain', 'const x = new Date();', 'new Date(): the domain is told instants, it has no clock'],
  ['src/workflows', "const x = import('./other');", 'import() loads while the workflow runs: import at the top'],
  [
    'src/workflows',
    'let x = 0;\nx += 1;',
    'a variable of the module outlives the run: keep it in the state or in a class',
  ],
  ['src/workflows', 'const seen = new Set<string>();', 'seen can be changed and outlives the run: type it as Readonly'],
];

test('what depends on the host, on chance or on the moment is refused, with the reason', () => {
  const files = BREACHES.map(([folder, code], index) => [`${folder}/bad${index}.ts`, `export {};\n${code}\n`]);
  const root = projectOf({ 'tsconfig.json': TSCONFIG, ...Object.fromEntries(files) });
  const told = BREACHES.map(([folder, , message], index) => `${folder}/bad${index}.ts:2 ${message}`);
  expect([...checkSandboxRules(root)].sort()).toEqual(told.sort());
});

test('a validator that answers a promise is refused however it is written, a synchronous one is not', () => {
  const root = projectOf({
    'tsconfig.json': TSCONFIG,
    'src/workflows/handlers.ts': `declare function setHandler(name: string, handler: () => void, options: object): void;
declare function later(): Promise<void>;
const validator = async () => undefined;
setHandler('a', () => undefined, { validator: async () => undefined });
setHandler('b', () => undefined, { validator: () => later() });
setHandler('c', () => undefined, { validator: later });
setHandler('d', () => undefined, { validator });
setHandler('e', () => undefined, { async validator() {} });
setHandler('f', () => undefined, { validator: () => undefined });
setHandler('g', () => undefined, { validator() { throw new Error('no'); } });
`,
  });
  const message = 'a validator must be synchronous: the SDK ignores a promise';
  expect(checkSandboxRules(root)).toEqual(
    [4, 5, 6, 7, 8].map((line) => `src/workflows/handlers.ts:${line} ${message}`),
  );
});

test('what replays is allowed', () => {
  const root = projectOf({
    'tsconfig.json': TSCONFIG,
    'src/workflows/good.ts': `const finals: ReadonlySet<string> = new Set(['a']);
export const now = () => new Date(Date.now()).toISOString();
export const day = () => new Date(0).getUTCDate() + Math.max(finals.size, Date.UTC(2026, 0, 1));
`,
  });
  expect(checkSandboxRules(root)).toEqual([]);
});

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './compose';
import { copyOf, isIgnored, stages } from './dockerfile';

const all = stages();
const last = all.at(-1);
const instructions = (name: string) => last?.instructions.filter((one) => one.name === name).map(({ text }) => text);

test('every stage begins with the same pinned image', () => {
  expect(all.map(({ name, base }) => [name, base])).toEqual([
    ['build', 'node:20-bookworm-slim'],
    ['1', 'node:20-bookworm-slim'],
  ]);
});

test('everything that is copied is there, reaches the build and comes from a stage before', () => {
  const copies = all.flatMap((stage, index) =>
    stage.instructions
      .filter(({ name }) => name === 'COPY')
      .map((one) => ({ ...copyOf(one), before: all.slice(0, index).map(({ name }) => name) })),
  );
  expect(copies.length).toBeGreaterThan(5);
  for (const { from, sources, before } of copies) {
    if (from !== undefined) expect(before).toContain(from);
    for (const source of from === undefined ? sources : []) {
      expect([source, existsSync(join(ROOT, source)), isIgnored(source)]).toEqual([source, true, false]);
    }
  }
});

test('what is secret, generated or only for development stays outside the build', () => {
  const outside = ['.env', '.git', 'node_modules', 'dist', 'tests', 'docs', 'src/generated', 'src/generated/prisma'];
  for (const path of outside) expect([path, isIgnored(path)]).toEqual([path, true]);
  const inside = readdirSync(ROOT).filter((path) => !isIgnored(path));
  expect(inside.sort()).toEqual([
    ...['LICENSE', 'bin', 'package-lock.json', 'package.json', 'prisma', 'prisma.config.ts', 'scripts', 'src'],
    ...['tsconfig.build.json', 'tsconfig.json'],
  ]);
});

test('the image runs as somebody who may not change it, says whether it is well, and holds no secret', () => {
  expect(instructions('USER')).toEqual(['node']);
  expect(instructions('HEALTHCHECK')).toHaveLength(1);
  expect(instructions('ENV')).toEqual(['NODE_ENV=production TZ=UTC TMPDIR=/spool']);
  expect(instructions('ENTRYPOINT')).toEqual(['["node", "bin/iter.js"]']);
  expect(last?.instructions.filter(({ text }) => text.includes('--chown'))).toEqual([]);
  const everything = all.flatMap((stage) => stage.instructions);
  expect(everything.filter(({ name }) => name === 'ARG' || name === 'ADD')).toEqual([]);
  for (const { text } of everything) expect(text).not.toMatch(/password|secret|token|_key/i);
});

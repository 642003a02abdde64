import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './compose';

const scripts = readdirSync(join(ROOT, 'deploy'), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.sh'),
);

test('there are scripts to look at', () => {
  expect(scripts.sort()).toEqual([
    'make-env.sh',
    join('postgres', 'init.sh'),
    join('temporal', 'namespace.sh'),
    join('temporal', 'schema.sh'),
  ]);
});

test.each(scripts)('%s is a POSIX script that stops at the first error', (name) => {
  const path = join(ROOT, 'deploy', name);
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines[0]).toBe('#!/bin/sh');
  expect(lines.find((line) => !line.startsWith('#'))).toBe('set -eu');
  expect(statSync(path).mode & 0o111).toBe(0o111);
  execFileSync('sh', ['-n', path]);
});

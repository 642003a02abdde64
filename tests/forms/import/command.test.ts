import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ITER = join(__dirname, '..', '..', '..', 'bin', 'iter.js');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iter-forms-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function iter(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [ITER, 'form', ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

function file(name: string, content: object): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return name;
}

const county = {
  ...{ type: 'textfield', key: 'county', label: 'Provincia', tableView: true },
  validate: { custom: "if (input.length > 2) valid = 'lunga'" },
};

test('a form is taken over when somebody accepts what stands for its scripts, and can then be published', async () => {
  const given = file('given.json', { _id: 'abc', title: 'Indirizzo', components: [county] });
  const refused = await iter('import', given, '--out', 'address.json');
  expect(refused).toEqual({
    code: 1,
    out: '',
    err: [
      'refused: components[0].validate.custom: it is JavaScript, which is never run here',
      "  found: if (input.length > 2) valid = 'lunga'",
      '  instead: the same check as validate.maxLength',
      '           {"validate":{"maxLength":2}}',
      '1 refused; 1 of them have an equivalent that --accept puts in.',
      '',
    ].join('\n'),
  });
  expect(existsSync(join(folder, 'address.json'))).toBe(false);

  expect(await iter('import', given, '--accept', '--out', 'address.json')).toMatchObject({ code: 0, err: '' });
  expect(JSON.parse(readFileSync(join(folder, 'address.json'), 'utf8'))).toEqual({
    ...{ profile: '1.0', name: 'abc', title: 'Indirizzo', display: 'form' },
    components: [{ type: 'textfield', key: 'county', label: 'Provincia', validate: { maxLength: 2 } }],
  });
  expect(await iter('check', 'address.json')).toEqual({ code: 0, out: 'Indirizzo: can be published.\n', err: '' });
});

test('a form with a part is published with the part, or the part is named', async () => {
  const part = {
    profile: '1.0',
    name: 'address',
    title: 'Indirizzo',
    components: [{ type: 'textfield', key: 'street', label: 'Via' }],
  };
  file('part.json', part);
  const whole = { profile: '1.0', title: 'Domanda', components: [{ type: 'form', key: 'home', form: 'address' }] };
  const given = file('whole.json', whole);
  expect(await iter('check', given, '--parts', '.')).toEqual({ code: 0, out: 'Domanda: can be published.\n', err: '' });
  expect(await iter('check', given)).toEqual({
    code: 1,
    out: '',
    err: 'there is no form part address (home): put its file into the folder of --parts\n',
  });
});

test('what keeps a form from being published is told with its place', async () => {
  const q = { type: 'textfield', key: 'q', label: 'Q', conditional: { show: true, when: 'who', eq: 'x' } };
  const given = file('defect.json', { profile: '1.0', title: 'Domanda', components: [q] });
  expect(await iter('check', given)).toMatchObject({
    code: 1,
    err: 'q: the condition looks at who, which is no question of this form [unknownReference]\n',
  });
  const other = file('other.json', { profile: '2.0', title: 'Domanda', components: [{ ...q, type: 'button' }] });
  const { code, err } = await iter('check', other);
  expect([code, err.split('\n').map((text) => text.split(':')[0])]).toEqual([1, ['profile', 'components.0.type', '']]);
});

test('a command that is not understood, and a file that is no JSON, are told', async () => {
  expect((await iter()).code).toBe(2);
  expect((await iter('publish', 'x.json')).code).toBe(1);
  writeFileSync(join(folder, 'broken.json'), '{');
  expect(await iter('check', 'broken.json')).toMatchObject({ code: 1, err: expect.stringContaining('broken.json: ') });
});

import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { closeAll, newDataDir, startSandbox, until } from './support';

afterEach(closeAll);

/** Speaks SMTP by hand: one command per answer; gives what `seen` found at the moment of each answer. */
function talk<T>(port: number, commands: readonly string[], seen: (answer: string) => T): Promise<T[]> {
  const socket = connect(port, '127.0.0.1');
  const results: T[] = [];
  const queue = [...commands];
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', () => resolve(results));
    socket.on('data', (chunk) => {
      results.push(seen(chunk.toString()));
      const next = queue.shift();
      if (next === undefined) socket.destroy();
      else socket.write(next);
    });
  });
}

const envelope = ['HELO me\r\n', 'MAIL FROM:<a@b.example>\r\n', 'RCPT TO:<c@d.example>\r\n', 'DATA\r\n'];

test('the mail is on disk, under its final name, when 250 is heard', async () => {
  const dataDir = newDataDir();
  const sandbox = await startSandbox({ dataDir });
  const content = 'Subject: prova\r\n\r\nciao\r\n..punto\r\n';
  const seen = await talk(sandbox.smtpPort, [...envelope, `${content}.\r\n`], (answer) => ({
    code: answer.slice(0, 3),
    files: readdirSync(join(dataDir, 'mail')),
  }));
  expect(seen.map(({ code }) => code)).toEqual(['220', '250', '250', '250', '354', '250']);
  const [file = ''] = seen.at(-1)?.files ?? [];
  expect(file).toMatch(/^\d{8}T\d{9}Z\.eml$/);
  expect(readFileSync(join(dataDir, 'mail', file), 'utf8')).toBe('Subject: prova\r\n\r\nciao\r\n.punto\r\n');
});

test('a mail cut in the middle leaves nothing behind', async () => {
  const dataDir = newDataDir();
  const sandbox = await startSandbox({ dataDir });
  const socket = connect(sandbox.smtpPort, '127.0.0.1');
  const queue = [...envelope, 'Subject: prova\r\n\r\nmet'];
  socket.on('data', () => socket.write(queue.shift() ?? ''));
  await until('the reception to begin', () => (readdirSync(join(dataDir, 'mail')).length === 1 ? true : undefined));
  socket.destroy();
  await until('the rest to go', () => (readdirSync(join(dataDir, 'mail')).length === 0 ? true : undefined));
  expect(await (await fetch(`${sandbox.url}/mail.json`)).json()).toEqual([]);
});

test('mails stay after a restart, and new ones come after them', async () => {
  const dataDir = newDataDir();
  const commands = (subject: string): string[] => [...envelope, `Subject: ${subject}\r\n\r\nciao\r\n.\r\n`];
  const first = await startSandbox({ dataDir });
  await talk(first.smtpPort, commands('prima'), () => undefined);
  await first.stop();
  const second = await startSandbox({ dataDir });
  await talk(second.smtpPort, commands('dopo'), () => undefined);
  const mails = (await (await fetch(`${second.url}/mail.json`)).json()) as { subject: string }[];
  expect(mails.map(({ subject }) => subject)).toEqual(['dopo', 'prima']);
});

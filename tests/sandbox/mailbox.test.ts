import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '../../src/sandbox/server';
import { aMail, mailerTo } from '../adapters/mail/support';
import { closeAll, newDataDir, startSandbox } from './support';

afterEach(closeAll);

interface Listed {
  readonly id: string;
}

async function json(sandbox: Sandbox, query = ''): Promise<Listed[]> {
  return (await (await fetch(`${sandbox.url}/mail.json${query}`)).json()) as Listed[];
}

async function withMail(overrides: Parameters<typeof aMail>[0] = {}): Promise<{ sandbox: Sandbox; id: string }> {
  const sandbox = await startSandbox();
  await mailerTo(sandbox).send(aMail(overrides));
  return { sandbox, id: (await json(sandbox))[0]?.id ?? '' };
}

test('the JSON list tells what a test needs, newest first, by recipient when asked', async () => {
  const sandbox = await startSandbox();
  const mailer = mailerTo(sandbox);
  await mailer.send(aMail());
  await mailer.send(
    aMail({ messageId: 'second@bugliano.example', to: { name: '', address: 'Mario@Posta.example' }, attachments: [] }),
  );
  const [second, first] = await json(sandbox);
  expect(first).toEqual({
    id: expect.stringMatching(/^\d{8}T\d{9}Z$/),
    to: ['giulia.ferrante@posta.example'],
    subject: 'La tua domanda è stata ricevuta: perché è così',
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    messageId: 'ZTL-2026-000042.submitted.1@bugliano.example',
    attachments: ['domanda è così.pdf'],
    text: expect.stringContaining('È la ricevuta, non è l’esito.'),
  });
  expect(await json(sandbox, '?to=GIULIA.ferrante@posta.example')).toEqual([first]);
  expect(await json(sandbox, '?to=mario@posta.example')).toEqual([second]);
  expect(await json(sandbox, '?to=nessuno@posta.example')).toEqual([]);
  expect(await json(sandbox, '?limit=1')).toEqual([second]);
});

test('the list page shows subject, recipient and attachments', async () => {
  const { sandbox, id } = await withMail();
  const text = await (await fetch(`${sandbox.url}/mail`)).text();
  expect(text).toContain(`<a class="title" href="/mail/${id}">La tua domanda è stata ricevuta: perché è così</a>`);
  expect(text).toContain('A giulia.ferrante@posta.example - 1 allegato');
});

test('the list page goes on to older mails', async () => {
  const dataDir = newDataDir();
  mkdirSync(join(dataDir, 'mail'));
  for (let index = 0; index < 51; index += 1) {
    const file = `20261124T1000000${String(index).padStart(2, '0')}Z.eml`;
    writeFileSync(join(dataDir, 'mail', file), `To: a@b.example\r\nSubject: Mail ${index}\r\n\r\nciao\r\n`);
  }
  const sandbox = await startSandbox({ dataDir });
  const text = await (await fetch(`${sandbox.url}/mail`)).text();
  expect(text).not.toContain('>Mail 0<');
  const next = /href="(\/mail\?before=[^"]+)"/.exec(text)?.[1] ?? '';
  const older = await (await fetch(`${sandbox.url}${next}`)).text();
  expect(older.match(/class="title"[^>]*>([^<]+)</g)).toHaveLength(1);
  expect(older).toContain('>Mail 0<');
});

test('hostile subject, text and HTML stay where they are harmless', async () => {
  const { sandbox, id } = await withMail({
    subject: '<script>alert(1)</script>',
    text: '</pre><script>alert(2)</script>',
    html: `"></iframe><script>alert(3)</script><a href="https://comune.example/">vai</a>`,
  });
  const response = await fetch(`${sandbox.url}/mail/${id}`);
  const text = await response.text();
  expect(text).not.toMatch(/<script/i);
  expect(text).toContain(
    'sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="&lt;!doctype html&gt;&lt;base target=&quot;_blank&quot;&gt;&quot;&gt;&lt;/iframe&gt;&lt;script&gt;alert(3)',
  );
  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  const list = await (await fetch(`${sandbox.url}/mail`)).text();
  expect(list).not.toMatch(/<script/i);
});

test('an attachment is downloaded with its bytes and its name, never shown', async () => {
  const { sandbox, id } = await withMail();
  const response = await fetch(`${sandbox.url}/mail/${id}/attachments/1`);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(aMail().attachments[0]?.content);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="domanda _ cos_.pdf"; filename*=UTF-8''domanda%20%C3%A8%20cos%C3%AC.pdf`,
  );
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

test('the original is shown as plain text', async () => {
  const { sandbox, id } = await withMail();
  const response = await fetch(`${sandbox.url}/mail/${id}/raw`);
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(await response.text()).toContain('Message-ID: <ZTL-2026-000042.submitted.1@bugliano.example>\r\n');
});

test.each([
  '/mail/20260101T000000000Z',
  '/mail/..%2F..%2Fpayments',
  '/mail/x/raw',
  '/mail/20260101T000000000Z/attachments/1',
])('%s is not there', async (path) => {
  const sandbox = await startSandbox();
  const response = await fetch(`${sandbox.url}${path}`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('Questa mail non c’è.');
});

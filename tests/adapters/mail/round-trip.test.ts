import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { closeAll, newDataDir, startSandbox } from '../../sandbox/support';
import { aMail, mailerTo } from './support';

afterEach(closeAll);

test('a mail arrives with the bytes that the mailer says it sent', async () => {
  const dataDir = newDataDir();
  const sandbox = await startSandbox({ dataDir });
  const { raw, serverResponse } = await mailerTo(sandbox).send(aMail());
  const [file = ''] = readdirSync(join(dataDir, 'mail'));
  expect(readFileSync(join(dataDir, 'mail', file))).toEqual(raw);
  expect(serverResponse).toBe(`250 2.0.0 Stored as ${file.replace('.eml', '')}`);
});

test('accents, attachment, Message-ID and the mark of an automatic mail survive', async () => {
  const sandbox = await startSandbox();
  const sent = aMail();
  const { raw } = await mailerTo(sandbox).send(sent);
  const mail = await simpleParser(raw);
  expect(mail.subject).toBe(sent.subject);
  expect(mail.text?.replaceAll('\r\n', '\n')).toBe(sent.text);
  expect(mail.html).toBe(sent.html);
  expect(mail.messageId).toBe(`<${sent.messageId}>`);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.from?.value).toEqual([{ name: 'Comune di Bugliano', address: 'non-rispondere@bugliano.example' }]);
  expect(mail.to).toMatchObject({ value: [{ name: 'Giulia Ferrante', address: 'giulia.ferrante@posta.example' }] });
  const [attachment] = mail.attachments;
  expect(attachment).toMatchObject({
    filename: 'domanda è così.pdf',
    contentType: 'application/pdf',
    content: sent.attachments[0]?.content,
  });
});

test('many mails share few connections and all arrive', async () => {
  const sandbox = await startSandbox();
  const mailer = mailerTo(sandbox);
  const ids = Array.from({ length: 40 }, (_, index) => `many.${index}@bugliano.example`);
  await Promise.all(ids.map((messageId) => mailer.send(aMail({ messageId }))));
  const listed = (await (await fetch(`${sandbox.url}/mail.json`)).json()) as { messageId: string }[];
  expect(new Set(listed.map(({ messageId }) => messageId))).toEqual(new Set(ids));
});

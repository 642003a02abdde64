import { closeAll, control, startSandbox } from '../../sandbox/support';
import { aMail, mailerTo, scriptedServer } from './support';

afterEach(closeAll);

/** An obedient server, but for one command. */
function except(command: string, reply: string) {
  return (line: string): string | undefined => {
    if (line.startsWith(command)) return reply;
    if (/^(EHLO|MAIL FROM|RCPT TO|RSET)/.test(line)) return '250 ok\r\n';
    if (line === 'DATA') return '354 go on\r\n';
    return line === '.' ? '250 taken\r\n' : undefined;
  };
}

describe('failures that pass: the mail is unavailable and may be sent again', () => {
  test('451 as often as asked, then it is taken', async () => {
    const sandbox = await startSandbox();
    const mailer = mailerTo(sandbox);
    await control(sandbox, 'faults', { mailFailures: 2 });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(mailer.send(aMail())).rejects.toMatchObject({
        name: 'MailUnavailable',
        message: 'the mail server did not take the mail: 451 4.3.0 Out of order, as a test asked',
      });
    }
    await expect(mailer.send(aMail())).resolves.toMatchObject({ serverResponse: expect.stringMatching(/^250 /) });
    expect(await (await fetch(`${sandbox.url}/mail.json`)).json()).toHaveLength(1);
  });

  test.each([
    ['nobody listens', undefined],
    ['the greeting is a refusal', '421 come back later\r\n'],
  ])('%s', async (_what, greeting) => {
    const port = greeting === undefined ? 9 : (await scriptedServer(greeting, except('none', ''))).port;
    await expect(mailerTo(port).send(aMail())).rejects.toMatchObject({ name: 'MailUnavailable' });
  });

  test.each([
    ['our sender is not welcome', 'MAIL FROM', '550 sender not allowed\r\n'],
    ['the recipient is put off', 'RCPT TO', '450 greylisted\r\n'],
    ['the content is put off', '.', '452 disk full\r\n'],
  ])('%s', async (_what, command, reply) => {
    const { port } = await scriptedServer('220 hello\r\n', except(command, reply));
    await expect(mailerTo(port).send(aMail({ text: 'Ciao', attachments: [] }))).rejects.toMatchObject({
      name: 'MailUnavailable',
      message: `the mail server did not take the mail: ${reply.trim()}`,
    });
  });

  test('the connection is cut after the content: nothing is sent a second time behind our back', async () => {
    const { port, heard } = await scriptedServer('220 hello\r\n', (line, socket) => {
      if (line !== '.') return except('none', '')(line);
      socket.destroy();
      return undefined;
    });
    await expect(mailerTo(port).send(aMail({ text: 'Ciao', attachments: [] }))).rejects.toMatchObject({
      name: 'MailUnavailable',
    });
    expect(heard.filter((line) => line === 'DATA')).toHaveLength(1);
  });
});

describe('failures that last: the mail is refused and must not be repeated', () => {
  test('550 for the recipient', async () => {
    const sandbox = await startSandbox();
    const to = { name: 'Nessuno', address: 'nessuno@rifiuta.example' };
    await expect(mailerTo(sandbox).send(aMail({ to }))).rejects.toMatchObject({
      name: 'RecipientRefused',
      message: 'the mail server refused the mail: 550 5.1.1 No such mailbox here, as its domain says',
    });
    expect(await (await fetch(`${sandbox.url}/mail.json`)).json()).toEqual([]);
  });

  test.each([
    ['the recipient, with another code', 'RCPT TO', '553 no such name\r\n'],
    ['the content', '.', '554 we do not want this\r\n'],
    ['the size, announced with the sender', 'MAIL FROM', '552 too large\r\n'],
  ])('%s', async (_what, command, reply) => {
    const { port } = await scriptedServer('220 hello\r\n', except(command, reply));
    await expect(mailerTo(port).send(aMail({ text: 'Ciao', attachments: [] }))).rejects.toMatchObject({
      name: 'RecipientRefused',
      message: `the mail server refused the mail: ${reply.trim()}`,
    });
  });

  test('a mail larger than the server takes', async () => {
    const sandbox = await startSandbox();
    const content = Buffer.alloc(32 * 1024 * 1024);
    const attachments = [{ filename: 'grande.bin', contentType: 'application/octet-stream', content }];
    await expect(mailerTo(sandbox).send(aMail({ attachments }))).rejects.toMatchObject({
      name: 'RecipientRefused',
      message: 'the mail server refused the mail: 552 5.3.4 The mail is larger than 41943040 bytes',
    });
  });
});

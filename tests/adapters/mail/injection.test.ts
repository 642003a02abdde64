import * as fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { createMailer } from '../../../src/adapters/mail';
import { buildMessage, checkRecipient, parseSender } from '../../../src/adapters/mail/message';
import { aMail, FROM } from './support';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'x\r\nBcc: spia@altrove.example',
    'x\nX: y',
    'x\r\n\r\ncorpo',
    '"><a@b>',
    'a\u2028b',
    '\u0000',
    '=?utf-8?Q?=0D=0ABcc:_x?=',
  ),
);

test('no name, subject or file name adds a header, a recipient or a part', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, hostile, async (name, subject, filename, contentType) => {
      const mail = aMail({ subject, attachments: [{ filename, contentType, content: Buffer.from('x') }] });
      const to = checkRecipient({ name, address: 'giulia@posta.example' });
      const raw = await buildMessage(mail, parseSender(FROM), to);
      const parsed = await simpleParser(raw);
      expect(parsed.headerLines.map(({ key }) => key)).toEqual(
        ['auto-submitted', 'from', 'to', 'subject', 'message-id', 'date', 'mime-version', 'content-type'].filter(
          (key) => parsed.headers.has(key) || key !== 'subject',
        ),
      );
      expect([parsed.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address))).toEqual([
        'giulia@posta.example',
      ]);
      expect(parsed.attachments).toHaveLength(1);
      expect(raw.toString('latin1')).not.toMatch(/[^\r]\n|\r[^\n]/);
    }),
    { numRuns: 200 },
  );
});

test.each([
  '',
  'giulia',
  'a@b@c',
  'a b@posta.example',
  'a@posta.example\r\nRCPT TO:<b@c>',
  '<a@b>',
  'a@b,c@d',
  '"a b"@c',
  'a@b\u0000',
])('the recipient "%s" is refused before any server is asked', async (address) => {
  const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: FROM });
  await expect(mailer.send(aMail({ to: { name: 'Giulia', address } }))).rejects.toMatchObject({
    name: 'RecipientRefused',
    message: 'the recipient is not a mail address',
  });
  mailer.close();
});

test.each(['', 'Comune di Bugliano', 'a@b.example, c@d.example', 'Comune <a@b@c>'])(
  'the sender "%s" fails at the start',
  (from) => {
    expect(() => createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from })).toThrow(
      new TypeError(`the sender of mails must be one address, with or without a name; found "${from}"`),
    );
  },
);

test('a Message-ID of another form is a mistake of the program', async () => {
  const mailer = createMailer({ smtpUrl: 'smtp://127.0.0.1:9', from: FROM });
  await expect(mailer.send(aMail({ messageId: 'x>\r\nBcc: <y@z' }))).rejects.toEqual(
    new TypeError('the Message-ID must be left@right without brackets'),
  );
  mailer.close();
});

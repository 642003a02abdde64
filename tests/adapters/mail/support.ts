import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import type { OutgoingMail } from '../../../src/activities/ports/mail';
import { createMailer, type Mailer } from '../../../src/adapters/mail';
import type { Sandbox } from '../../../src/sandbox/server';
import { later } from '../../sandbox/support';

export const FROM = 'Comune di Bugliano <non-rispondere@bugliano.example>';

/** The mailer under test, wired to a running sandbox or to another port of this machine. */
export function mailerTo(target: Sandbox | number): Mailer {
  const port = typeof target === 'number' ? target : target.smtpPort;
  const mailer = createMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from: FROM });
  later(async () => mailer.close());
  return mailer;
}

/** A mail with accents, an attachment and everything right in it. */
export function aMail(overrides: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    messageId: 'ZTL-2026-000042.submitted.1@bugliano.example',
    to: { name: 'Giulia Ferrante', address: 'giulia.ferrante@posta.example' },
    subject: 'La tua domanda è stata ricevuta: perché è così',
    text: 'Ciao Giulia,\nabbiamo ricevuto la tua domanda. È la ricevuta, non è l’esito.\n.\nUna riga con un punto solo.\n',
    html: '<p>Ciao <strong>Giulia</strong>, è la ricevuta, non è l’esito.</p>',
    attachments: [
      {
        filename: 'domanda è così.pdf',
        contentType: 'application/pdf',
        content: Buffer.from('%PDF-1.7 à\r\n.\r\n..fine'),
      },
    ],
    ...overrides,
  };
}

/** A server that speaks SMTP by a script: what to answer to each command. Gives its port and the commands it heard. */
export async function scriptedServer(
  greeting: string,
  answer: (line: string, socket: Socket) => string | undefined,
): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write(greeting);
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        heard.push(line);
        const reply = answer(line, socket);
        if (reply !== undefined && !socket.destroyed) socket.write(reply);
      }
    });
    later(async () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  later(async () => server.close());
  return { port: (server.address() as AddressInfo).port, heard };
}

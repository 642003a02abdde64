import { createTransport } from 'nodemailer';
import { bearer, closeAll, startSandbox } from './support';

afterEach(closeAll);

const LATENCY_MS = 120;

test('gateway and mail server take at least as long to answer as they were told', async () => {
  const sandbox = await startSandbox({ latencyMs: LATENCY_MS });
  const transport = createTransport({ host: '127.0.0.1', port: sandbox.smtpPort, ignoreTLS: true });
  const mail = { from: 'a@b.example', to: 'c@d.example', subject: 'prova', text: 'ciao' };
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    gateway: () => fetch(`${sandbox.url}/gateway/positions/unknown`, { headers: bearer }),
    mail: () => transport.sendMail(mail),
  };
  for (const [name, call] of Object.entries(calls)) {
    const begin = performance.now();
    await call();
    // A timer may fire a millisecond early.
    expect([name, performance.now() - begin >= LATENCY_MS - 2]).toEqual([name, true]);
  }
  transport.close();
});

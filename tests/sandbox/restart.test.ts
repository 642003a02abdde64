import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSandbox } from '../../src/sandbox/server';
import { gatewayOf } from '../adapters/payments/support';
import {
  aRequest,
  bearer,
  closeAll,
  control,
  later,
  newDataDir,
  SECRET,
  startReceiver,
  startSandbox,
  until,
} from './support';

afterEach(closeAll);

const options = {
  host: '127.0.0.1',
  port: 0,
  smtpPort: 0,
  secret: SECRET,
  logLevel: 'silent',
  callbackUrl: 'http://127.0.0.1:9/',
};

describe('what was acknowledged is there after the process is gone', () => {
  test('positions, in every status', async () => {
    const dataDir = newDataDir();
    // Never stopped before the second one opens the same folder: as after a kill.
    const first = await startSandbox({ dataDir });
    const gateway = gatewayOf(first);
    for (const requestId of ['open', 'paid', 'closed']) await gateway.createPosition(aRequest({ requestId }));
    await control(first, 'pay/paid');
    await gateway.invalidate('closed');
    const before = await Promise.all(['open', 'paid', 'closed'].map((id) => gateway.findPosition(id)));

    const reborn = gatewayOf(await startSandbox({ dataDir }));

    expect(await Promise.all(['open', 'paid', 'closed'].map((id) => reborn.findPosition(id)))).toEqual(before);
    expect(before.map((position) => position?.status)).toEqual(['open', 'paid', 'invalidated']);
  });

  test('receipts not yet delivered leave from the new process, delivered ones do not', async () => {
    const dataDir = newDataDir();
    const receiver = await startReceiver();
    const first = await startSandbox({ dataDir, callbackUrl: receiver.url });
    const gateway = gatewayOf(first);
    for (const requestId of ['delivered', 'pending']) await gateway.createPosition(aRequest({ requestId }));
    await control(first, 'pay/delivered');
    await until('the delivery to be noted', async () =>
      (await readFile(join(dataDir, 'payments.jsonl'), 'utf8')).includes('"type":"delivered"') ? true : undefined,
    );
    await control(first, 'faults', { holdCallbacks: true });
    await control(first, 'pay/pending');
    expect(receiver.received).toHaveLength(1);

    await startSandbox({ dataDir, callbackUrl: receiver.url });

    await until('the pending receipt', () => receiver.received[1]);
    expect(receiver.received.map(({ body }) => JSON.parse(body.toString()).requestId)).toEqual([
      'delivered',
      'pending',
    ]);
  });

  test('a line cut by the crash was never acknowledged: it goes, the rest stays and can be written after', async () => {
    const dataDir = newDataDir();
    const first = await startSandbox({ dataDir });
    await gatewayOf(first).createPosition(aRequest());
    await first.stop();
    await appendFile(join(dataDir, 'payments.jsonl'), '{"type":"invalidated","reque');

    const second = await startSandbox({ dataDir });
    expect(await gatewayOf(second).findPosition(aRequest().requestId)).toMatchObject({ status: 'open' });
    await gatewayOf(second).invalidate(aRequest().requestId);
    await second.stop();

    const third = await startSandbox({ dataDir });
    expect(await gatewayOf(third).findPosition(aRequest().requestId)).toMatchObject({ status: 'invalidated' });
  });

  test('a journal that can’t be read stops the start and names the line', async () => {
    const dataDir = newDataDir();
    await appendFile(join(dataDir, 'payments.jsonl'), 'rubbish\n');
    await expect(buildSandbox({ ...options, dataDir })).rejects.toThrow(
      `${join(dataDir, 'payments.jsonl')}:1 is not a line of the sandbox's journal`,
    );
  });

  test('an emptied folder gives the same request the same IUV again', async () => {
    const iuvs: (string | undefined)[] = [];
    for (const dataDir of [newDataDir(), newDataDir()]) {
      const sandbox = await buildSandbox({ ...options, dataDir });
      later(() => sandbox.stop());
      const { requestId, ...body } = aRequest();
      const answer = await sandbox.app.inject({
        method: 'PUT',
        url: `/gateway/positions/${encodeURIComponent(requestId)}`,
        headers: bearer,
        payload: body,
      });
      expect(answer.statusCode).toBe(201);
      iuvs.push(answer.json().iuv);
    }
    expect(iuvs[0]).toBe(iuvs[1]);
  });
});

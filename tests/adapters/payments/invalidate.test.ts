import { aRequest, bearer, closeAll, control, startSandbox } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

describe('invalidation and payment: the first wins, both sides hear which', () => {
  test('invalidated first: nobody can pay any more', async () => {
    const sandbox = await startSandbox();
    const gateway = gatewayOf(sandbox);
    const position = await gateway.createPosition(aRequest());
    expect(await gateway.invalidate(position.requestId)).toEqual({ ...position, status: 'invalidated' });
    const response = await fetch(`${sandbox.url}/control/pay/${encodeURIComponent(position.requestId)}`, {
      method: 'POST',
      headers: bearer,
    });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({
      status: 409,
      code: 'position-invalidated',
      title: 'Conflict',
      detail: `"${position.requestId}" was closed by the creditor`,
    });
    expect(await gateway.invalidate(position.requestId)).toEqual({ ...position, status: 'invalidated' });
  });

  test('paid first: the invalidation answers the paid position with its receipt', async () => {
    const sandbox = await startSandbox();
    const gateway = gatewayOf(sandbox);
    const position = await gateway.createPosition(aRequest());
    const receipt = await control(sandbox, `pay/${encodeURIComponent(position.requestId)}`);
    expect(await gateway.invalidate(position.requestId)).toEqual({ ...position, status: 'paid', receipt });
    expect(await gateway.findPosition(position.requestId)).toEqual({ ...position, status: 'paid', receipt });
  });

  test('at the same moment: exactly one of them happens', async () => {
    const sandbox = await startSandbox();
    const gateway = gatewayOf(sandbox);
    for (let round = 0; round < 20; round += 1) {
      const { requestId } = await gateway.createPosition(aRequest({ requestId: `race/${round}` }));
      const paying = fetch(`${sandbox.url}/control/pay/${encodeURIComponent(requestId)}`, {
        method: 'POST',
        headers: bearer,
      });
      const calls = round % 2 === 0 ? [paying, gateway.invalidate(requestId)] : [gateway.invalidate(requestId), paying];
      await Promise.all(calls);
      const paid = (await paying).status === 200;
      expect(await gateway.findPosition(requestId)).toMatchObject({ status: paid ? 'paid' : 'invalidated' });
    }
  });

  test('of a position that was never created is refused', async () => {
    const gateway = gatewayOf(await startSandbox());
    await expect(gateway.invalidate('never/created')).rejects.toMatchObject({
      name: 'PositionRefused',
      code: 'position-unknown',
      message: 'no position "never/created"',
    });
  });
});

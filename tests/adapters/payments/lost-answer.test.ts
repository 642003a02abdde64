import { aRequest, closeAll, control, startSandbox } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

test('a creation whose answer is lost is found again, and repeating it makes no second position', async () => {
  const sandbox = await startSandbox();
  const gateway = gatewayOf(sandbox);
  const request = aRequest();
  expect(await gateway.findPosition(request.requestId)).toBeUndefined();
  await control(sandbox, 'faults', { loseNextAnswer: true });

  await expect(gateway.createPosition(request)).rejects.toMatchObject({ name: 'GatewayUnavailable' });

  const found = await gateway.findPosition(request.requestId);
  expect(found).toMatchObject({ requestId: request.requestId, status: 'open' });
  expect(await gateway.createPosition(request)).toEqual(found);
});

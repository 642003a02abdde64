import { PositionRefused } from '../../../src/activities/ports/payments';
import { instant } from '../../../src/domain/ids';
import { isNoticeNumber } from '../../../src/domain/payments/notice-number';
import { aRequest, closeAll, startSandbox } from '../../sandbox/support';
import { gatewayOf } from './support';

afterEach(closeAll);

describe('creating a position', () => {
  test('gives an open position with a notice number that verifies', async () => {
    const gateway = gatewayOf(await startSandbox());
    const position = await gateway.createPosition(aRequest());
    expect(position).toEqual({
      requestId: aRequest().requestId,
      iuv: expect.stringMatching(/^01\d{15}$/),
      noticeNumber: `3${position.iuv}`,
      status: 'open',
    });
    expect(isNoticeNumber(position.noticeNumber)).toBe(true);
  });

  test('twice with the same data gives the same position, also at the same time', async () => {
    const gateway = gatewayOf(await startSandbox());
    const request = aRequest();
    const [first, second] = await Promise.all([gateway.createPosition(request), gateway.createPosition(request)]);
    expect(second).toEqual(first);
    expect(await gateway.createPosition(request)).toEqual(first);
  });

  test.each([
    ['amount', { amountCents: 1 }],
    ['reason', { reason: 'Altro' }],
    ['expiry', { expiresAt: instant(Date.now() + 7_200_000) }],
    ['payer', { payer: { taxCode: 'RSSMRA80A01H501U', name: 'Mario Rossi' } }],
  ])('again with another %s is refused and changes nothing', async (_what, change) => {
    const gateway = gatewayOf(await startSandbox());
    const first = await gateway.createPosition(aRequest());
    const refusal = await gateway.createPosition(aRequest(change)).catch((error: unknown) => error);
    expect(refusal).toEqual(
      new PositionRefused('request-id-reused', `the position "${first.requestId}" exists with other data`),
    );
    expect(refusal).toMatchObject({ name: 'PositionRefused', code: 'request-id-reused' });
    expect(await gateway.findPosition(first.requestId)).toEqual(first);
  });

  test('that is already past is refused', async () => {
    const gateway = gatewayOf(await startSandbox());
    const expiresAt = instant(Date.now() - 1000);
    await expect(gateway.createPosition(aRequest({ expiresAt }))).rejects.toMatchObject({
      name: 'PositionRefused',
      code: 'already-expired',
      message: `the position would expire at ${expiresAt}, which is past`,
    });
  });

  test.each([
    ['no amount', { amountCents: 0 }, 'amountCents: Too small: expected number to be >=1'],
    ['half a cent', { amountCents: 1.5 }, 'amountCents: Invalid input: expected int, received number'],
    ['a reason too long', { reason: 'x'.repeat(141) }, 'reason: Too big: expected string to have <=140 characters'],
  ])('with %s is refused with the field named', async (_what, change, message) => {
    const gateway = gatewayOf(await startSandbox());
    await expect(gateway.createPosition(aRequest(change))).rejects.toMatchObject({
      name: 'PositionRefused',
      code: 'invalid-request',
      message,
    });
  });
});

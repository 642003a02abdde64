import { createHmac, timingSafeEqual } from 'node:crypto';
import { CallbackRefused, type PaymentReceipt } from '../../../activities/ports/payments';
import { epochMs, type Instant } from '../../../domain/ids';
import { readReceipt } from './answers';

/** How far the sender's clock may be from ours, either way; older calls may be replays. */
const MAX_SKEW_MS = 5 * 60 * 1000;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/**
 * Verifies who sent a callback and reads its receipt.
 * @param headers names in lower case, as Node gives them.
 * @throws CallbackRefused when a header is missing, the timestamp is too far from `now`, the signature is not that of
 * these very bytes, or they hold no receipt.
 */
export function verifyCallback(
  secret: string,
  rawBody: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  now: Instant,
): PaymentReceipt {
  const timestamp = headers['x-sandbox-timestamp'];
  const signature = headers['x-sandbox-signature'];
  if (timestamp === undefined) throw new CallbackRefused('the callback has no x-sandbox-timestamp header');
  if (signature === undefined) throw new CallbackRefused('the callback has no x-sandbox-signature header');
  if (!TIMESTAMP.test(timestamp)) throw new CallbackRefused('the timestamp of the callback is not a UTC instant');
  const skew = Math.abs(Date.parse(timestamp) - epochMs(now));
  // Written so that a date which does not exist, hence NaN, is refused too.
  if (!(skew <= MAX_SKEW_MS)) throw new CallbackRefused('the callback was signed more than 5 minutes from now');
  const expected = createHmac('sha256', secret).update(`${timestamp}.`).update(rawBody).digest();
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new CallbackRefused('the signature of the callback is wrong');
  }
  const receipt = readReceipt(rawBody);
  if (receipt === undefined) throw new CallbackRefused('the callback is signed but holds no receipt');
  return receipt;
}

import { ActivityFailure } from '@temporalio/workflow';
import type { PracticeEntity } from '../entity';
import type { Proxies } from '../proxies';
import { askedKey, type DoneSteps, openedKey } from './next-step';
import { now } from './time';

/** Opens the debt position; a gateway that refuses it needs a person, who corrects and lets it be tried again. */
export async function openPosition(payment: number, p: PracticeEntity, a: Proxies, done: DoneSteps): Promise<void> {
  const expiresAt = p.clock.deadlines.find((deadline) => deadline.kind === 'payment')?.expiresAt;
  if (!expiresAt) throw new Error('a payment was requested but the clock has no deadline for it');
  try {
    const summary = `Posizione debitoria ${payment}`;
    await a.openPosition.executeWithOptions({ summary }, [{ practice: p.state.id, payment, expiresAt }]);
    done.add(openedKey(payment));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    await p.record(`step:position/${payment}@${p.state.seq}`, () => [
      { type: 'attentionRaised', at: now(), data: { reason: 'positionRefused', payment } },
    ]);
  }
}

/** The applicant says that the payment was made: the gateway is asked, because a browser's return proves nothing. */
export async function askPosition(payment: number, p: PracticeEntity, a: Proxies, done: DoneSteps): Promise<void> {
  const key = askedKey(p.state);
  const summary = `Chiede l'esito del pagamento ${payment}`;
  const answer = await a.askPosition.executeWithOptions({ summary }, [{ practice: p.state.id, payment }]);
  if (answer.kind === 'paid') await p.receive(answer.news);
  done.add(key);
}

/** Closes a position that must not be paid any more. Money that was quicker becomes a refund task. */
export async function closePosition(payment: number, p: PracticeEntity, a: Proxies): Promise<void> {
  const summary = `Chiude la posizione ${payment}`;
  const closed = await a.closePosition.executeWithOptions({ summary }, [{ practice: p.state.id, payment }]);
  if (closed.kind === 'paid') await p.receive(closed.news);
  await p.record(`step:closed/${payment}`, () => [{ type: 'positionClosed', at: now(), data: { payment } }]);
}

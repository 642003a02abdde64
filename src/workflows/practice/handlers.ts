import { ApplicationFailure, condition, log, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import { FAILURE } from '../../domain/failures';
import { ACT_LABELS } from '../../domain/practice/acts';
import { ActRefused, Parked, type PracticeEntity } from './entity';
import {
  actUpdates,
  mailRefusedSignal,
  parkSignal,
  receiptSignal,
  renewSignal,
  resumeSignal,
  snapshotQuery,
} from './messages';
import { park } from './parking';

/** Opens the practice to people and to the outside. Called before the first `await`, or early messages would be lost. */
export function receiveMessages(p: PracticeEntity): void {
  for (const { act, update } of actUpdates) {
    setHandler(update, (command) => answered(p, () => p.act({ ...command, act })), {
      // Synchronous: the SDK ignores a promise, and a rejection inside one would block the practice.
      validator: (command) => {
        const why = checked(p, () => p.check({ ...command, act }));
        if (why) throw failure(new ActRefused(why));
      },
      description: ACT_LABELS[act],
    });
  }
  setHandler(receiptSignal, (news) => heard(p, () => p.receive(news)), { description: 'Ricevuta di pagamento' });
  setHandler(mailRefusedSignal, (news) => heard(p, () => p.mailRefused(news)), {
    description: 'Indirizzo rifiutato dal servizio di posta',
  });
  setHandler(
    resumeSignal,
    () => {
      p.parked = null;
    },
    { description: 'Fa riprendere una pratica ferma' },
  );
  setHandler(
    parkSignal,
    (reason) => {
      p.parked ??= reason;
    },
    { description: 'Ferma una pratica' },
  );
  setHandler(
    renewSignal,
    () => {
      p.renewWanted = true;
    },
    { description: 'Continua come nuova alla prossima pausa' },
  );
  setHandler(snapshotQuery, () => ({ ...p.snapshot(), parked: p.parked }));
  setDefaultSignalHandler((name) => log.warn('unknown signal ignored', { name }));
}

/**
 * An act that was accepted must end in a yes or a no: the engine keeps the first answer for good, so "parked" may not
 * be one. It waits with the practice and is tried again when that resumes; what it had already done is recognised.
 */
async function answered<T>(p: PracticeEntity, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (error instanceof ActRefused) throw failure(error);
      if (!park(p, error)) throw error;
      await condition(() => p.parked === null);
    }
  }
}

/** A signal handler that throws would fail the workflow: the row stays in the inbox and comes again. */
async function heard(p: PracticeEntity, hear: () => Promise<void>): Promise<void> {
  try {
    await hear();
  } catch (error) {
    if (!park(p, error)) throw error;
  }
}

function checked<T>(p: PracticeEntity, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Parked) throw failure(new Parked(p.parked ?? 'parked'));
    throw error;
  }
}

function failure(error: ActRefused | Parked): ApplicationFailure {
  return error instanceof ActRefused
    ? ApplicationFailure.nonRetryable(error.refusal.code, FAILURE.refused, error.refusal)
    : ApplicationFailure.nonRetryable(error.message, FAILURE.parked);
}

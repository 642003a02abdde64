import {
  ApplicationFailure,
  CancellationScope,
  condition,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { FAILURE } from '../../domain/failures';
import { ACT_LABELS } from '../../domain/practice/acts';
import { isCommand, isMailRefusal, isReceiptNews, isText } from '../../domain/practice/well-formed';
import { ActRefused, Parked, type PracticeEntity } from './entity';
import {
  actUpdates,
  mailRefusedSignal,
  parkSignal,
  receiptSignal,
  renewSignal,
  resumeSignal,
  snapshotQuery,
  strangeSignal,
} from './messages';
import { park } from './parking';
import type { Proxies } from './proxies';
import { StrangeMessages } from './strange-messages';

/** Opens the practice to people and to the outside. Called before the first `await`, or early messages would be lost. */
export function receiveMessages(p: PracticeEntity, a: Proxies): void {
  const strange = new StrangeMessages(p, a);
  for (const { act, update } of actUpdates) {
    setHandler(update, (command) => answered(p, () => p.act({ ...command, act })), {
      // Synchronous: the SDK ignores a promise, and a rejection inside one would block the practice.
      validator: (command) => {
        if (!isCommand({ ...command, act })) throw ApplicationFailure.nonRetryable(`no ${act}`, FAILURE.strange);
        const why = checked(p, () => p.check({ ...command, act }));
        if (why) throw failure(new ActRefused(why));
      },
      description: ACT_LABELS[act],
    });
  }
  setHandler(
    receiptSignal,
    (news) => (isReceiptNews(news) ? heard(p, () => p.receive(news)) : strange.came(receiptSignal.name, 'malformed')),
    { description: 'Ricevuta di pagamento' },
  );
  setHandler(
    mailRefusedSignal,
    (news) =>
      isMailRefusal(news) ? heard(p, () => p.mailRefused(news)) : strange.came(mailRefusedSignal.name, 'malformed'),
    { description: 'Indirizzo rifiutato dal servizio di posta' },
  );
  setHandler(
    resumeSignal,
    () => {
      p.parked = null;
    },
    { description: 'Fa riprendere una pratica ferma' },
  );
  setHandler(
    parkSignal,
    async (reason) => {
      if (isText(reason)) p.parked ??= reason;
      else await strange.came(parkSignal.name, 'malformed');
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
  setHandler(strangeSignal, (news) => strange.came(news?.message, news?.why), {
    description: 'Messaggio che non si può leggere',
  });
  setDefaultSignalHandler((name) => strange.came(name, 'unknown'));
}

/**
 * An act that was accepted must end in a yes or a no: the engine keeps the first answer for good, so "parked" may not
 * be one. It waits with the practice and is tried again when that resumes; what it had already done is recognised.
 */
async function answered<T>(p: PracticeEntity, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await CancellationScope.nonCancellable(act);
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
    await CancellationScope.nonCancellable(hear);
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

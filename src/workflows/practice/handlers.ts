import {
  ApplicationFailure,
  CancellationScope,
  condition,
  type SignalDefinition,
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
  type StrangeMessage,
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
  const signals = signalHandlers(p, strange);
  // First: what waits for the first task is handed out kind by kind as kinds are registered, a `resume` perhaps before
  // the `park` that it answers. Only the default handler takes it in the order in which it came.
  setDefaultSignalHandler((name, news) => {
    const known = signals.find(({ signal }) => signal.name === name);
    return known ? known.handle(news) : strange.came(name, 'unknown');
  });
  for (const { signal, handle, description } of signals) setHandler(signal, handle, { description });
  setHandler(snapshotQuery, () => ({ ...p.snapshot(), parked: p.parked }));
}

interface SignalOf {
  // biome-ignore lint/suspicious/noExplicitAny: the arguments of any signal.
  readonly signal: SignalDefinition<any[]>;
  readonly handle: (news?: unknown) => void | Promise<void>;
  readonly description: string;
}

/** Signals come from anywhere: each is checked for its form, and what has none is told as strange. */
function signalHandlers(p: PracticeEntity, strange: StrangeMessages): readonly SignalOf[] {
  return [
    {
      signal: receiptSignal,
      handle: (news) =>
        isReceiptNews(news) ? heard(p, () => p.receive(news)) : strange.came(receiptSignal.name, 'malformed'),
      description: 'Ricevuta di pagamento',
    },
    {
      signal: mailRefusedSignal,
      handle: (news) =>
        isMailRefusal(news) ? heard(p, () => p.mailRefused(news)) : strange.came(mailRefusedSignal.name, 'malformed'),
      description: 'Indirizzo rifiutato dal servizio di posta',
    },
    {
      signal: resumeSignal,
      handle: () => {
        p.parked = null;
      },
      description: 'Fa riprendere una pratica ferma',
    },
    {
      signal: parkSignal,
      handle: async (reason) => {
        if (isText(reason)) p.parked ??= reason;
        else await strange.came(parkSignal.name, 'malformed');
      },
      description: 'Ferma una pratica',
    },
    {
      signal: renewSignal,
      handle: () => {
        p.renewWanted = true;
      },
      description: 'Continua come nuova alla prossima pausa',
    },
    {
      signal: strangeSignal,
      handle: (news) => {
        const { message, why } = (news ?? {}) as Partial<StrangeMessage>;
        return strange.came(message, why);
      },
      description: 'Messaggio che non si può leggere',
    },
  ];
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

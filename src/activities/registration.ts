import { markOutcome, markSent, openIntent } from '../application/registration/intents';
import { requestOf } from '../application/registration/request';
import type { RegistrationFact } from '../domain/practice/events';
import type { ReconcileResult, RegistrationActivities, RegistrationInput, RegistrationResult } from './contract';
import type { ActivityDeps } from './deps';
import type { RegisterOutcome, RegistrationRef } from './ports/protocollo';

const REPEAT: ReconcileResult = { kind: 'repeat', pauseMs: 5_000 };

/**
 * Activities of the queue `protocollo`. An intent row says `sent` before the first byte leaves: whoever comes after a
 * crash knows whether a number may exist, looks it up, and never asks for a second one in hope.
 */
export function registrationActivities(deps: ActivityDeps): RegistrationActivities {
  const { db, clock, protocollo, log } = deps;

  async function settle(input: RegistrationInput, outcome: RegisterOutcome): Promise<RegistrationResult> {
    await markOutcome(db, input, outcome, clock.now());
    return outcome.kind === 'registered'
      ? { kind: 'registered', fact: factOf(input, outcome.ref) }
      : { kind: 'rejected', code: outcome.code };
  }

  return {
    async registerDocument(input) {
      const request = await requestOf(db, input, protocollo.capabilities().maxSubject);
      const intent = await openIntent(db, input, protocollo.name, request, clock.now());
      if (intent.kind === 'registered') return { kind: 'registered', fact: intent.fact };
      if (intent.kind === 'sent') return { kind: 'uncertain' };
      await markSent(db, input, clock.now());
      const outcome = await protocollo.register(request);
      return settle(input, outcome);
    },

    async reconcileRegistration(input) {
      const request = await requestOf(db, input, protocollo.capabilities().maxSubject);
      // Asked also when nothing was sent: it tells that the register answers again.
      const found = await protocollo.findByOwnRef(request.tenant, input.ownRef);
      const intent = await openIntent(db, input, protocollo.name, request, clock.now());
      if (intent.kind === 'registered') return { kind: 'registered', fact: intent.fact };
      if (found?.match === 'exact') {
        await settle(input, { kind: 'registered', ref: found.ref });
        return { kind: 'registered', fact: factOf(input, found.ref) };
      }
      if (intent.kind === 'planned') return REPEAT;
      if (!protocollo.capabilities().reliableSearch || found) return { kind: 'unresolved' };
      log.warn(
        { practice: input.practice, ownRef: input.ownRef },
        'lost answer: the register has no entry, asking again',
      );
      await markOutcome(db, input, 'planned', clock.now());
      return REPEAT;
    },
  };
}

function factOf(input: RegistrationInput, ref: RegistrationRef): RegistrationFact {
  return { document: input.document, register: ref.register, year: ref.year, number: ref.number, date: ref.date };
}

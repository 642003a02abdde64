import type { PracticeEntity } from '../entity';
import type { Proxies } from '../proxies';
import { makeDocument } from './documents';
import type { DoneSteps, Step } from './next-step';
import { askPosition, closePosition, openPosition } from './payments';
import { register } from './registration';

/** Runs one step to its end: the state then asks for another, or for none. */
export async function carryOut(step: Step, p: PracticeEntity, a: Proxies, done: DoneSteps): Promise<void> {
  switch (step.kind) {
    case 'openPosition':
      return openPosition(step.payment, p, a, done);
    case 'askPosition':
      return askPosition(step.payment, p, a, done);
    case 'closePosition':
      return closePosition(step.payment, p, a);
    case 'makeDocument':
      return makeDocument(step.document, p, a, done);
    case 'register':
      return register(step.document, p, a);
  }
}

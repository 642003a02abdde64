import { ApplicationFailure } from '@temporalio/activity';
import { tell } from '../application/mailing/tell';
import { FAILURE } from '../domain/failures';
import type { NotificationActivities } from './contract';
import type { ActivityDeps } from './deps';
import { RecipientRefused } from './ports/mail';

/** Activities of the queue `notifications`. */
export function notificationActivities(deps: ActivityDeps): NotificationActivities {
  return {
    async notify({ practice, events }) {
      let deliveredAt = deps.clock.now();
      let refused = false;
      for (const seq of events) {
        try {
          deliveredAt = (await tell(deps, practice, seq)) ?? deliveredAt;
        } catch (error) {
          // One address refused must not keep the other messages from being made and recorded.
          if (!(error instanceof RecipientRefused)) throw error;
          refused = true;
        }
      }
      // What the server said may name the person: it stays in the row.
      if (refused) {
        throw ApplicationFailure.nonRetryable('the recipient’s address was refused', FAILURE.recipientRefused);
      }
      return { deliveredAt };
    },
  };
}

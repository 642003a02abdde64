import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptors,
  Next,
} from '@temporalio/worker';
import { maskPersonalData } from '../../domain/people/masking';

/** How many causes of a failure are cleaned. */
const MAX_CAUSES = 10;

/**
 * Failures of activities become part of Temporal's history, where no personal data may be: a mail server repeats the
 * address that it did not take, a database the row that it refused. Type and retry stay as they are.
 */
export function maskFailures(): ActivityInterceptors {
  const inbound: ActivityInboundCallsInterceptor = {
    async execute(input: ActivityExecuteInput, next: Next<ActivityInboundCallsInterceptor, 'execute'>) {
      try {
        return await next(input);
      } catch (error) {
        throw masked(error);
      }
    },
  };
  return { inbound };
}

function masked(error: unknown): unknown {
  let each: unknown = error;
  for (let depth = 0; each instanceof Error && depth < MAX_CAUSES; depth += 1) {
    const { message, stack } = each;
    // Prisma repeats the whole argument of a wrong call; its last line says what was wrong.
    const short = each.name.startsWith('PrismaClient') ? (message.trim().split('\n').at(-1) ?? '') : message;
    each.message = maskPersonalData(short);
    if (stack !== undefined) each.stack = maskPersonalData(stack.replace(message, short));
    each = each.cause;
  }
  return error;
}

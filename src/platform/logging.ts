import { asyncLocalStorage } from '@temporalio/activity';
import pino, { type DestinationStream, type Logger } from 'pino';
import { maskPersonalData } from '../domain/people/masking';

/**
 * JSON lines on standard output, correlated by ids: `practice` and `command` where they are known, `reqId` in the API,
 * `workflow`, `activity` and `attempt` inside activities. Never bodies, names or texts: nobody may log them. What comes
 * from elsewhere and may hold some (addresses of requests, messages of errors) is cut and masked here.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    name,
    level,
    redact: { paths: REDACTED, censor: '[redacted]' },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { req: requestLine, err: errorLine, error: errorLine },
    mixin: activityIds,
    hooks: {
      logMethod(args, method) {
        const masked = args.map((part) => (typeof part === 'string' ? maskPersonalData(part) : part));
        method.apply(this, masked as Parameters<typeof method>);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Should an object with these members be logged by mistake, they do not appear. */
const REDACTED = [
  'password',
  'token',
  'body',
  'payload',
  'content',
  'givenName',
  'familyName',
  'taxCode',
  'email',
  'recipient',
  'phone',
].flatMap((member) => [member, `*.${member}`]);

interface RequestLike {
  readonly method?: string;
  readonly url?: string;
}

/** Method and path. What follows the question mark may be a name that somebody looks for; headers and address are people's. */
function requestLine({ method, url = '' }: RequestLike) {
  const [path = '', query] = url.split('?');
  const asked = query === undefined ? [] : [...new URLSearchParams(query).keys()];
  return { method, path: maskPersonalData(path), ...(asked.length > 0 && { asked }) };
}

interface SerializedError {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: SerializedError;
}

/** How many causes of an error are told. */
const MAX_CAUSES = 5;

/**
 * Type, code, message, places in our code, causes; none of the other members, among which databases and mail servers
 * put rows and addresses.
 */
function errorLine(error: unknown, depth = 0): SerializedError {
  if (!(error instanceof Error)) return { type: typeof error, message: maskPersonalData(String(error)) };
  const { code } = error as { code?: unknown };
  const places = (error.stack ?? '').split('\n').filter((text) => /^\s+at /.test(text));
  return {
    type: error.name,
    ...((typeof code === 'string' || typeof code === 'number') && { code: String(code) }),
    message: maskPersonalData(withoutArguments(error)),
    ...(places.length > 0 && { stack: places.join('\n') }),
    ...(error.cause !== undefined && depth < MAX_CAUSES && { cause: errorLine(error.cause, depth + 1) }),
  };
}

/** Prisma repeats the whole argument of a wrong call in its message; its last line says what was wrong. */
function withoutArguments({ name, message }: Error): string {
  if (!name.startsWith('PrismaClient')) return message;
  return message.trim().split('\n').at(-1) ?? '';
}

/** Which activity of which workflow logs, if one does. */
function activityIds(): object {
  const context = asyncLocalStorage.getStore();
  if (!context) return {};
  const { workflowExecution, activityId, activityType, attempt } = context.info;
  return { workflow: workflowExecution?.workflowId, activity: `${activityType}/${activityId}`, attempt };
}

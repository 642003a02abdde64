import { Writable } from 'node:stream';
import { asyncLocalStorage, type Context } from '@temporalio/activity';
import type { Logger } from 'pino';
import { createLogger } from '../../src/platform/logging';

function logOf(write: (log: Logger) => void): Record<string, unknown> {
  let text = '';
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  write(createLogger('test', 'info', destination));
  return JSON.parse(text);
}

test('the address of a request is logged without what somebody looked for, and without the caller', () => {
  const request = {
    method: 'GET',
    url: '/api/v1/practices?q=Giulia%20Bianchi&status=inCharge',
    ip: '10.0.0.1',
    headers: { authorization: 'Bearer secret' },
  };
  expect(logOf((log) => log.info({ req: request }, 'incoming request'))['req']).toEqual({
    method: 'GET',
    path: '/api/v1/practices',
    asked: ['q', 'status'],
  });
});

test('an error is logged with type, code and places, and with nothing that a database or a mail server put into it', () => {
  const cause = Object.assign(new Error('450 <giulia.bianchi@posta.example> try later'), {
    response: 'giulia.bianchi@posta.example',
  });
  const error = Object.assign(new Error('no mail for BNCGLI85T50D612A', { cause }), {
    code: '23505',
    detail: 'Key (family_name)=(Bianchi) already exists.',
  });
  const line = logOf((log) => log.error({ err: error }, 'failed'));
  expect(line['err']).toEqual({
    type: 'Error',
    code: '23505',
    message: 'no mail for [tax code]',
    stack: expect.stringMatching(/^\s+at /),
    cause: { type: 'Error', message: '450 <[e-mail]> try later', stack: expect.any(String) },
  });
  expect(JSON.stringify(line)).not.toMatch(/Bianchi|BNCGLI|giulia/i);
});

test('a wrong call of the database is logged without its arguments', () => {
  const error = new Error(
    "\nInvalid `create()` invocation:\n\n{ data: { familyName: 'Bianchi' } }\n\nUnknown argument `x`.",
  );
  error.name = 'PrismaClientValidationError';
  expect(logOf((log) => log.error({ err: error }, 'failed'))['err']).toMatchObject({
    message: 'Unknown argument `x`.',
  });
});

test('bodies, names, tax codes and addresses logged by mistake do not appear', () => {
  const person = { givenName: 'Giulia', familyName: 'Bianchi', taxCode: 'BNCGLI85T50D612A', email: 'g@posta.example' };
  const line = logOf((log) =>
    log.info({ ...person, body: person, account: person }, 'to giulia.bianchi@posta.example'),
  );
  expect(JSON.stringify(line)).not.toMatch(/Bianchi|BNCGLI|giulia|posta/i);
  expect(line['msg']).toBe('to [e-mail]');
});

test('a line written inside an activity names workflow, activity and attempt', () => {
  const info = {
    workflowExecution: { workflowId: 'practice/bugliano/1' },
    activityId: '7',
    activityType: 'project',
    attempt: 2,
  };
  const line = logOf((log) => asyncLocalStorage.run({ info } as unknown as Context, () => log.warn('diverged')));
  expect(line).toMatchObject({ workflow: 'practice/bugliano/1', activity: 'project/7', attempt: 2, msg: 'diverged' });
});

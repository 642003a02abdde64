import { needsRegistrationRetry } from '../../domain/practice/documents';
import { retryRegistrationAs } from './act-as-administrator';
import type { Administration } from './administration';
import { agreementOf, lookAtEngine } from './engine-view';
import { AHEAD } from './explain';
import type { FoundPractice } from './find-practice';
import { hurryInbox, restartPractice } from './restart';

export interface RetryOptions {
  /** Who files `retryRegistration`, and why. Both or none. */
  readonly asAdministrator?: { readonly username: string; readonly reason: string };
  /**
   * Ends a run that is there and starts from what PostgreSQL holds: for one parked because both disagree. Acts that
   * PostgreSQL does not show are still in the inbox and are done again.
   */
  readonly fromSnapshot?: boolean;
}

export interface RetryResult {
  /** What was done, one sentence each. */
  readonly done: readonly string[];
  /** What this command can't do, and who can. */
  readonly left: readonly string[];
}

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 200;

/**
 * Lets a practice go on: a workflow that is missing, closed or behind is started from the snapshot, a parked one
 * resumes, acts that wait to be sent again go now. A registration in trouble is an act of a person: it is only done in
 * the name of an administrator who gives a reason. Safe to repeat.
 * @throws when database or engine can't be reached.
 */
export async function retryPractice(
  admin: Administration,
  practice: FoundPractice,
  options: RetryOptions = {},
): Promise<RetryResult> {
  const done: string[] = [];
  const left: string[] = [];
  await wakeWorkflow(admin, practice, options, done, left);
  const hurried = await hurryInbox(admin, practice.row.id);
  if (hurried > 0) done.push(`${hurried} waiting act(s) or receipt(s) are sent to the engine now`);
  await retryRegistration(admin, practice, options, done, left);
  if (done.length === 0 && left.length === 0) done.push('nothing was held up: nothing was changed');
  return { done, left };
}

async function wakeWorkflow(
  admin: Administration,
  practice: FoundPractice,
  { fromSnapshot }: RetryOptions,
  done: string[],
  left: string[],
): Promise<void> {
  const engine = await lookAtEngine(admin.client, practice.workflowId);
  const runs = engine.kind === 'found' && engine.status === 'RUNNING';
  const stored = { id: practice.row.id, state: practice.snapshot.state };
  const fits = fromSnapshot && runs ? 'behind' : await agreementOf(admin.db, stored, engine);
  if (engine.kind === 'unreachable') {
    left.push(`Temporal does not answer (${engine.reason}): start it, then repeat`);
    return;
  }
  if (practice.row.seq === 0 && fits === 'missing') {
    left.push('the draft never reached Temporal: the worker’s sender starts it from the inbox');
    return;
  }
  if (fits === 'missing' || fits === 'closed' || fits === 'behind') {
    const result = await restartPractice(admin, { id: practice.row.id, workflowId: practice.workflowId }, fits);
    const seen = engine.kind === 'missing' ? 'missing' : engine.status.toLowerCase();
    const was = fits !== 'behind' ? seen : fromSnapshot ? 'ended on request' : 'behind';
    done.push(
      result === 'started'
        ? `its workflow was ${was}: started again from the snapshot at event ${practice.row.seq}`
        : 'its workflow was started by somebody else in the meantime',
    );
    return;
  }
  if (engine.kind !== 'found') return;
  if (engine.noAnswer) left.push(`its workflow did not answer (${engine.noAnswer}): look whether a worker runs`);
  if (engine.answer?.parked) await resume(admin, practice, engine.answer.parked, done, left);
  else if (fits === 'ahead') left.push(`its workflow is ahead of PostgreSQL (event ${engine.answer?.seq}): ${AHEAD}`);
}

async function resume(
  admin: Administration,
  { row, workflowId }: FoundPractice,
  was: string,
  done: string[],
  left: string[],
): Promise<void> {
  const { client, db, clock } = admin;
  const askedAt = clock.now();
  await client.withDeadline(Date.now() + 5_000, () => client.workflow.getHandle(workflowId).signal('resume'));
  const deadline = Date.now() + WAIT_MS;
  // A cause that is still there parks it again within moments: one look is not enough.
  for (let free = 0; free < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    const engine = await lookAtEngine(client, workflowId);
    const goesOn =
      engine.kind === 'found' && (engine.answer ? engine.answer.parked === null : engine.status !== 'RUNNING');
    free = goesOn ? free + 1 : 0;
    if (Date.now() >= deadline) {
      left.push(`it was parked (${was}) and is parked again or still: the cause has not gone`);
      return;
    }
  }
  await db.prisma.operatorTask.updateMany({
    where: { practiceId: row.id, reason: 'parked', closedAt: null, openedAt: { lte: askedAt } },
    data: { closedAt: clock.now() },
  });
  done.push(`it was parked (${was}): it goes on`);
}

async function retryRegistration(
  admin: Administration,
  practice: FoundPractice,
  { asAdministrator }: RetryOptions,
  done: string[],
  left: string[],
): Promise<void> {
  if (!needsRegistrationRetry(practice.snapshot.state)) {
    if (asAdministrator) left.push('no registration of it is in trouble: retryRegistration was not filed');
    return;
  }
  if (!asAdministrator) {
    left.push(
      'a registration is in trouble. Asking the register again is an act, because a second number would be an error of ' +
        'law: look into the register first, then an officer uses "Riprova la protocollazione", or you repeat this ' +
        'command with --as-administrator <username> --reason "…"',
    );
    return;
  }
  const { username, reason } = asAdministrator;
  const result = await retryRegistrationAs(admin, practice, username, reason);
  switch (result.kind) {
    case 'done':
      done.push('retryRegistration was filed and taken: the register is asked again');
      return;
    case 'pending':
      left.push(`retryRegistration was filed (command ${result.command}) and has no outcome yet`);
      return;
    case 'refused':
      left.push(`retryRegistration was refused: ${result.why}`);
      return;
    case 'noAdministrator':
      left.push(`${practice.tenant} has no enabled administrator with the user name ${username}`);
  }
}

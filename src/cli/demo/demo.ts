import { randomUUID } from 'node:crypto';
import { DEMO_LOGINS, type DemoLogin } from '../../application/demo-data';
import { columns } from '../terminal';
import { checkEnd, type Result } from './checks';
import { once } from './http';
import { compare, sideBySide } from './manual';
import type { DemoOptions } from './options';
import { DemoFailure } from './patience';
import { Person } from './person';
import { TALES } from './stories';
import { Story } from './story';
import type { Tale } from './tale';
import { romeTime, seconds } from './text';

/**
 * Leads a practice of each kind from draft to end through the public API, as citizens, a technician, a delegate and
 * officers would, and lays each timeline beside what the reference manual says that it contains. Every step is checked
 * where a citizen or an office would see it.
 * @throws DemoFailure for the first step that is missing, out of order or told in other words
 */
export async function runDemo(options: DemoOptions, tales: readonly Tale[] = TALES): Promise<readonly Result[]> {
  await assertRunning(options);
  const run = randomUUID();
  const results: Result[] = [];
  for (const [index, tale] of tales.entries())
    results.push(await tellTale(options, tale, `${run}.${index + 1}`, index + 1));
  for (const text of summary(results)) options.report(text);
  return results;
}

/** Says at once, and in one sentence, that nothing is running: waiting for it would look like a defect. */
async function assertRunning({ apiUrl, sandboxUrl }: DemoOptions): Promise<void> {
  for (const url of [`${apiUrl}/health`, `${sandboxUrl}/health`]) {
    await once({ method: 'GET', url }).catch((error: Error) => {
      throw new DemoFailure(`Iter is not running: nothing answers at ${url} (${error.message}).`, [
        'run `npm start` in another terminal, wait for "Iter is ready", then repeat',
        'if you gave `npm start` other ports or another ITER_HOME, give them to the demo too',
      ]);
    });
  }
}

async function tellTale(options: DemoOptions, tale: Tale, key: string, number: number): Promise<Result> {
  const applicant = await person(options, tale.applicant);
  const officer = await person(options, tale.officer);
  options.report(`\n${number}. ${tale.title}: ${applicant.name} applies, ${officer.name} works on it\n`);
  const mailbox = `${options.sandboxUrl}/mail?to=${encodeURIComponent(`${tale.applicant}@posta.example`)}`;
  const story = await Story.begin(options, tale.service, { applicant, officer, key, mailbox });
  await tale.tell(story);
  const result = await checkEnd(story, tale);
  const rows = compare(tale.manual, story.events);
  options.report('\n  Timeline and manual\n');
  for (const text of sideBySide(rows)) options.report(text);
  const difference = rows.find((row) => row.difference);
  if (difference) {
    throw await story.failure(`the manual requires "${difference.required}" in the timeline: ${difference.difference}`);
  }
  options.report('\n  Mails that arrived\n');
  for (const text of columns(result.mails.map(({ at, subject }) => [romeTime(at), subject]))) options.report(text);
  await applicant.logOut();
  await officer.logOut();
  return result;
}

function person(options: DemoOptions, username: string): Promise<Person> {
  return Person.logIn(options.apiUrl, options, login(username));
}

function login(username: string): DemoLogin {
  const found = DEMO_LOGINS.find((account) => account.username === username);
  if (!found) throw new Error(`the demo data have no account ${username}`);
  return found;
}

function summary(results: readonly Result[]): readonly string[] {
  const head = ['Practice', 'Registration', 'Outcome', 'Arrived to registered', 'Document', 'Title'];
  const rows = results.flatMap(({ code, registration, outcome, arrivedToRegisteredMs, documents }) =>
    documents.map((document, index) => [
      ...(index === 0 ? [code, registration, outcome, seconds(arrivedToRegisteredMs)] : ['', '', '', '']),
      document.registration,
      document.title,
    ]),
  );
  return ['', 'Summary', '', ...columns([head, ...rows]), ''];
}

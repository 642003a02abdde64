import { randomUUID } from 'node:crypto';
import { DEMO_LOGINS, type DemoLogin } from '../../application/demo-data';
import { columns } from '../terminal';
import {
  APPROVED_BECAUSE,
  ASKED,
  certificate,
  photo,
  REJECTED_BECAUSE,
  residentApplication,
  workerApplication,
} from './applications';
import { checkEnd, type Result } from './checks';
import { once } from './http';
import type { DemoOptions } from './options';
import { DemoFailure } from './patience';
import { Person } from './person';
import { Story } from './story';
import { romeTime, seconds } from './text';

/**
 * Leads two applications from draft to decision through the public API: one approved after an integration, one rejected.
 * Every step is checked where a citizen or an office would see it.
 * @throws DemoFailure for the first step that is missing or out of order
 */
export async function runDemo(options: DemoOptions): Promise<readonly Result[]> {
  await assertRunning(options);
  const run = randomUUID();
  const operator = await person(options, 'marco.conti');
  const results = [
    await tellStory(options, `${run}.approved`, operator, 'giulia.bianchi', approvedAfterIntegration),
    await tellStory(options, `${run}.rejected`, operator, 'paolo.esposito', rejected),
  ];
  await operator.logOut();
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

type Tale = (story: Story) => Promise<Result>;

async function tellStory(
  options: DemoOptions,
  key: string,
  operator: Person,
  username: string,
  tale: Tale,
): Promise<Result> {
  const applicant = login(username);
  const title = tale === approvedAfterIntegration ? '1. Approved after an integration' : '2. Rejected';
  options.report(`\n${title}: ${applicant.name} applies, ${operator.name} decides\n`);
  const citizen = await person(options, username);
  const mailbox = `${options.sandboxUrl}/mail?to=${encodeURIComponent(`${username}@posta.example`)}`;
  const result = await tale(await Story.begin(options, key, citizen, operator, mailbox));
  await citizen.logOut();
  options.report('\n  Mails that arrived\n');
  for (const text of columns(result.mails.map(({ at, subject }) => [romeTime(at), subject]))) options.report(text);
  return result;
}

async function approvedAfterIntegration(story: Story): Promise<Result> {
  await apply(story, residentApplication);
  await story.officerActs('takes the practice in charge', 'take-charge');
  await story.expect('chargeTaken');
  await story.officerActs('asks for the plate and a photo', 'integration-requests', ASKED);
  await story.expect('integrationRequested', 'documentReady', 'integrationRequestRegistered', 'delivered');
  const picture = photo();
  const photoId = await story.citizen.upload(story.id, 'integration.1.photo', picture.path, picture.content);
  await story.applicantActs('answers with both', 'integration-answers', {
    message: 'Ho corretto la targa e allegato la foto.',
    values: { 'vehicle.plate': 'FN 581 TR' },
    documents: { photo: [photoId] },
  });
  await story.expect('integrationAnswered', 'documentReady', 'integrationAnswerRegistered');
  await story.officerActs('approves', 'approve', { message: APPROVED_BECAUSE });
  await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  return checkEnd(story, {
    status: 'approved',
    documents: ['request', 'integrationRequest', 'integrationAnswer', 'decision'],
    mails: [
      'paymentRequested',
      'documentReady',
      'requestRegistered',
      'chargeTaken',
      'integrationRequestRegistered',
      'integrationAnswerRegistered',
      'outcomeRegistered',
    ],
  });
}

async function rejected(story: Story): Promise<Result> {
  await apply(story, workerApplication);
  await story.officerActs('takes the practice in charge', 'take-charge');
  await story.expect('chargeTaken');
  await story.officerActs('rejects, with reasons', 'reject', { message: REJECTED_BECAUSE });
  await story.expect('decided', 'documentReady', 'outcomeRegistered', 'delivered');
  return checkEnd(story, {
    status: 'rejected',
    documents: ['request', 'decision'],
    mails: ['paymentRequested', 'documentReady', 'requestRegistered', 'chargeTaken', 'outcomeRegistered'],
  });
}

/** From draft to registered request: written, sent, paid, arrived. */
async function apply(story: Story, application: (certificateId: string) => object): Promise<void> {
  const { path, content } = certificate();
  const file = await story.citizen.upload(story.id, 'vehicle.registrationCertificate', path, content);
  await story.citizen.saveDraft(story.id, application(file));
  await story.applicantActs('fills in the form, attaches the certificate and sends', 'submit');
  await story.expect('paymentRequested');
  await story.pay();
  await story.expect('paymentReceived', 'submitted', 'documentReady', 'registrationStarted', 'requestRegistered');
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
  const head = ['Practice', 'Registration', 'Outcome', 'Paid to registered', 'Document', 'Title'];
  const rows = results.flatMap(({ code, registration, outcome, paidToRegisteredMs, documents }) =>
    documents.map((document, index) => [
      ...(index === 0 ? [code, registration, outcome, seconds(paidToRegisteredMs)] : ['', '', '', '']),
      document.registration,
      document.title,
    ]),
  );
  return ['', 'Summary', '', ...columns([head, ...rows]), ''];
}

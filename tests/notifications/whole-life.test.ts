import { OperatorNotices } from '../../src/application/mailing/operator-notices';
import { act, aPdf, expectStatus, practiceInCharge, reach, registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type CaughtMail, GIULIA, mailsTo } from '../support/mails';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
  operator = await system.as('marco.conti');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

/** Mails about a practice, oldest first, once the last of them is that. */
async function mailsUntil(id: string, subject: RegExp): Promise<CaughtMail[]> {
  return until(`a mail "${subject.source}" about ${id}`, async () => {
    const about = (await mailsTo(system.sandbox, GIULIA)).filter(({ text }) => text.includes(id));
    return about.some((mail) => subject.test(mail.subject)) && about;
  });
}

const subjects = (mails: readonly CaughtMail[]) => mails.map(({ subject }) => subject.split(' - ')[0]).sort();

test('an application that is paid, registered, completed and granted is told step by step', async () => {
  const id = await practiceInCharge(system, citizen, operator);
  const field = 'residence.street';
  await expectStatus(
    200,
    act(operator, id, 'integration-requests', { message: 'Manca il numero civico.', fields: [field], documents: [] }),
  );
  await reach(citizen, id, 'awaitingIntegration');
  const answer = { values: { [field]: 'Via Garibaldi 12/B' }, documents: {} };
  await expectStatus(200, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
  await reach(citizen, id, 'inCharge');
  const upload = await expectStatus(201, operator.upload(id, 'decision', 'planimetria.pdf', await aPdf('Pianta')));
  const message = 'Il permesso vale un anno.';
  await expectStatus(200, act(operator, id, 'approve', { message, attachments: [upload.id] }));
  await reach(citizen, id, 'approved');
  const mails = await mailsUntil(id, /^Domanda accolta - /);
  expect(subjects(mails)).toEqual([
    'Domanda accolta',
    'Domanda protocollata',
    'Integrazioni ricevute',
    'Pagamento da effettuare',
    'Pratica presa in carico',
    'Ricevuta di presentazione',
    'Servono integrazioni',
  ]);
  const receipt = mails.find(({ subject }) => subject.startsWith('Ricevuta'));
  expect(receipt?.files).toHaveLength(2);
  expect(receipt?.text).toContain('Questa è la ricevuta di presentazione, non è l’esito.');
  expect(receipt?.text).toContain('Abbiamo ricevuto anche il tuo pagamento di 16,00 €');
  for (const { content } of receipt?.parsed.attachments ?? []) expect(content.subarray(0, 5).toString()).toBe('%PDF-');
  const outcome = mails.find(({ subject }) => subject.startsWith('Domanda accolta'));
  expect(outcome?.text).toContain(message);
  expect(outcome?.files).toHaveLength(2);
  expect(outcome?.files).toContain('planimetria.pdf');
});

test('operators of the service are told of the changes of a practice that lives in the engine', async () => {
  const id = await registeredPractice(system, citizen);
  const { db, application } = system;
  const notices = new OperatorNotices(db, application.clock, system.app.log as never, application.publicUrl);
  const about = () => db.prisma.mailing.findMany({ where: { kind: 'operatorNotices', text: { contains: id } } });
  await until('the operators to be told', async () => {
    await notices.round();
    return (await about()).length > 0;
  });
  const recipients = new Set((await about()).map(({ recipient }) => recipient));
  for (const username of ['marco.conti', 'sara.ferri', 'elena.riva']) {
    expect(recipients).toContain(`${username}@posta.example`);
  }
  expect(recipients).not.toContain('luca.neri@posta.example');
});

import { clientWithSession, expectProblem, PRACTICE_NOT_FOUND } from '../api/support';
import { aPdf, expectStatus, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { giulia, offer, sent } from '../support/services';
import { type System, startSystem } from '../support/system';

let system: System;
let citizen: ApiClient;
let operator: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await clientWithSession(system, 'giulia.bianchi');
  operator = await clientWithSession(system, 'marco.conti');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

test('who benefits from a practice that a professional filed reads and writes its messages', async () => {
  const professional = await clientWithSession(system, 'anna.galli');
  const id = await sent(professional, await offer(system, { registration: 'none' }));
  await reach(professional, id, 'received');
  const path = `/api/v1/practices/${id}/messages`;
  const file = await expectStatus(201, citizen.upload(id, 'message', 'a.pdf', await aPdf()));
  await expectStatus(201, citizen.post(path, { text: 'Sono la proprietaria.', attachments: [file.id] }));
  await expectStatus(201, professional.post(path, { text: 'Confermo.' }));
  const { items } = await expectStatus(200, professional.get(path));
  expect(items.map((item: { side: string; author: { name: string } }) => [item.side, item.author.name])).toEqual([
    ['applicant', 'Anna Galli'],
    ['applicant', 'Giulia Bianchi'],
  ]);
  expect((await professional.get(items[1].attachments[0].href)).status).toBe(200);
  expectProblem(await (await clientWithSession(system, 'paolo.esposito')).get(path), PRACTICE_NOT_FOUND);
  // The answer reaches the client, and whoever filed for them.
  await expectStatus(201, operator.post(path, { text: 'Ricevuto.' }));
  const mails = await system.db.prisma.mailing.findMany({ where: { practiceId: id, kind: 'message' } });
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual([
    'anna.galli@posta.example',
    'giulia.bianchi@posta.example',
  ]);
});

test('an operator uploads the files of a draft opened for a citizen; colleagues do not see it', async () => {
  const service = await offer(system, {
    form: {
      sections: [
        {
          key: 'applicant',
          title: 'Richiedente',
          fields: [
            { key: 'givenName', label: 'Nome', type: 'text' },
            { key: 'familyName', label: 'Cognome', type: 'text' },
            { key: 'taxCode', label: 'Codice fiscale', type: 'taxCode' },
            { key: 'email', label: 'E-mail', type: 'email' },
            { key: 'plan', label: 'Planimetria', type: 'file' },
          ],
        },
      ],
    },
  });
  const { applicant } = giulia();
  const draft = await expectStatus(201, operator.post('/api/v1/practices', { service, applicant }));
  const pdf = await aPdf();
  for (const person of [operator, citizen]) {
    const file = await expectStatus(201, person.upload(draft.id, 'applicant.plan', 'piano.pdf', pdf));
    expect((await operator.get(`/api/v1/practices/${draft.id}/attachments/${file.id}`)).status).toBe(200);
    const removed = await person.send('DELETE', `/api/v1/practices/${draft.id}/attachments/${file.id}`);
    expect(removed.status).toBe(204);
  }
  const colleague = await clientWithSession(system, 'sara.ferri');
  expectProblem(await colleague.upload(draft.id, 'applicant.plan', 'piano.pdf', pdf), PRACTICE_NOT_FOUND);
});

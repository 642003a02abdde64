import { completeDraft, expectStatus, registeredPractice } from '../support/builders';
import type { ApiClient } from '../support/client';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { until } from '../support/until';
import { anId, anInstant, expectProblem, PRACTICE_NOT_FOUND } from './support';

let system: System;
let citizen: ApiClient;
beforeAll(async () => {
  system = await startSystem();
  citizen = await system.as('giulia.bianchi');
});
afterAll(async () => {
  await checkInvariants(system);
  await system.stop();
});

test('messages are shown as they were sent, with their delivery, to the applicant and to the office', async () => {
  const id = await registeredPractice(system, citizen);
  const path = `/api/v1/practices/${id}/messages`;
  const items = await until('every message to be delivered', async () => {
    const { items: now } = (await citizen.get(path)).body;
    const last = now.some((row: { template: string }) => row.template === 'requestRegistered');
    return last && now.every((row: { deliveredAt: string | null }) => row.deliveredAt) && now;
  });
  for (const item of items) {
    expect(item).toEqual({
      id: anId,
      seq: expect.any(Number),
      channel: 'mail',
      template: expect.any(String),
      recipient: 'giulia.bianchi@posta.example',
      subject: expect.stringMatching(/\S/),
      text: expect.stringMatching(/\S/),
      status: 'sent',
      createdAt: anInstant,
      deliveredAt: anInstant,
    });
  }
  const operator = await system.as('marco.conti');
  expect(await expectStatus(200, operator.get(path))).toEqual({ items });
  for (const username of ['paolo.esposito', 'luca.neri']) {
    expectProblem(await (await system.as(username)).get(path), PRACTICE_NOT_FOUND);
  }
});

test('nobody writes about a draft', async () => {
  const draft = await completeDraft(citizen);
  expect(await expectStatus(200, citizen.get(`/api/v1/practices/${draft}/messages`))).toEqual({ items: [] });
});

import { InspectedPdf } from '../adapters/documents/pdf-inspection';
import { act, expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('the document of a rejection names the practice, the reasons, who decided for which office, and how to appeal', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  const id = await practiceInCharge(system, citizen, operator);
  const message = 'Il veicolo non risulta intestato al richiedente.';
  await expectStatus(200, act(operator, id, 'reject', { message }));
  const { code } = await reach(citizen, id, 'rejected');
  const { items } = (await citizen.get(`/api/v1/practices/${id}/documents`)).body;
  const decision = items.find((document: { kind: string }) => document.kind === 'decision');
  expect(decision).toMatchObject({ title: 'Provvedimento di rigetto', registration: { number: '0000002' } });
  const pdf = await InspectedPdf.of((await citizen.get(decision.href)).body);
  const printed = pdf.texts
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ');
  for (const part of [code, 'Giulia Bianchi', message, 'Marco Conti', 'Mobilità e permessi', 'ricorrere al TAR']) {
    expect(printed).toContain(part);
  }
});

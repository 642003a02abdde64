import { expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

test('of two opposite decisions at once one wins, and the other is told that the practice has changed', async () => {
  const citizen = await system.as('giulia.bianchi');
  const operator = await system.as('marco.conti');
  for (let round = 0; round < 3; round += 1) {
    const id = await practiceInCharge(system, citizen, operator);
    const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
    const message = 'Il veicolo non risulta intestato al richiedente.';
    const answers = await Promise.all([
      operator.post(`/api/v1/practices/${id}/approve`, { actVersion }),
      operator.post(`/api/v1/practices/${id}/reject`, { actVersion, message }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409);
    expect(loser?.body.code).toMatch(/^(STALE_VERSION|ACT_NOT_ALLOWED_IN_STATE|PRACTICE_CLOSED)$/);
    expect(loser?.body.params.status).toMatch(/^(deciding|registeringOutcome|approved|rejected)$/);
    const won = answers[0]?.status === 200 ? 'approved' : 'rejected';
    await reach(citizen, id, won);
  }
});

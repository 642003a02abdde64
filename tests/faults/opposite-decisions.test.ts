import { expectStatus, practiceInCharge, reach } from '../support/builders';
import { checkInvariants } from '../support/invariants';
import { type System, startSystem } from '../support/system';
import { conclude } from './support/conclude';
import { announce, numbers, SEED, times } from './support/rounds';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterEach(() => checkInvariants(system));
afterAll(() => system.stop());

const DECISIONS = times(6, 60);
const message = 'Il veicolo non risulta intestato al richiedente.';

test(
  'of two opposite decisions at once one wins, and the other is told which',
  async () => {
    announce('opposite decisions');
    const random = numbers();
    const citizen = await system.as('giulia.bianchi');
    const operator = await system.as('marco.conti');
    for (let round = 0; round < DECISIONS; round += 1) {
      const id = await practiceInCharge(system, citizen, operator);
      const { actVersion } = await expectStatus(200, operator.get(`/api/v1/practices/${id}`));
      const decide = {
        approve: () => operator.post(`/api/v1/practices/${id}/approve`, { actVersion }),
        reject: () => operator.post(`/api/v1/practices/${id}/reject`, { actVersion, message }),
      };
      const first = random() < 0.5 ? 'approve' : 'reject';
      const second = first === 'approve' ? 'reject' : 'approve';
      const answers = await Promise.all([decide[first](), decide[second]()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const loser = answers.find(({ status }) => status === 409);
      const won = answers[0]?.status === 200 ? first : second;
      // The winner is named, whether its decision is still on its way to the register or not.
      expect(loser?.body.code).toMatch(/^(ACT_NOT_ALLOWED_IN_STATE|PRACTICE_CLOSED)$/);
      expect(loser?.body.detail).toContain(won === 'approve' ? 'Accettata' : 'Rifiutata');
      await reach(citizen, id, won === 'approve' ? 'approved' : 'rejected');
    }
    await conclude(system, {
      fault: 'F14',
      title: 'of two opposite decisions at once one wins, and the other is told which',
      seed: SEED,
      runs: DECISIONS,
      injected: DECISIONS,
      worstRecoveryMs: undefined,
    });
  },
  DECISIONS * 10_000 + 60_000,
);

import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import {
  act,
  aPng,
  awaitingPayment,
  expectStatus,
  pay,
  practiceInCharge,
  reach,
  registeredPractice,
} from '../support/builders';
import { until } from '../support/until';
import { ACT_PATHS } from './acts-paths';
import { DEADLINE_PATHS } from './deadline-paths';
import { MONEY_PATHS } from './money-paths';
import { type Path, people } from './path';
import { REGISTER_PATHS } from './register-paths';
import { RUN_PATHS } from './run-paths';
import { TROUBLE_PATHS } from './trouble-paths';

const rejection = { message: 'Il veicolo non risulta intestato al richiedente.' };

let failures = 0;
/** First refuses, then loses an answer, then works. */
function troubled(register: ProtocolloPort): ProtocolloPort {
  return {
    ...register,
    register: async (request) => {
      failures += 1;
      if (failures === 1) return { kind: 'rejected', code: 'OFFICE_UNKNOWN', message: 'unknown office' };
      const outcome = await register.register(request);
      if (failures === 2) throw new Error('answer lost');
      return outcome;
    },
  };
}

export const PATHS: readonly Path[] = [
  ...ACT_PATHS,
  ...DEADLINE_PATHS,
  ...MONEY_PATHS,
  ...REGISTER_PATHS,
  ...RUN_PATHS,
  ...TROUBLE_PATHS,
  {
    name: 'approved',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await practiceInCharge(system, citizen, operator);
      await expectStatus(200, act(operator, id, 'approve'));
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'rejected-after-integration',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await practiceInCharge(system, citizen, operator);
      const request = { message: 'Serve una foto del veicolo.', documents: [{ key: 'photo', label: 'Foto' }] };
      await expectStatus(200, act(operator, id, 'integration-requests', request));
      await reach(citizen, id, 'awaitingIntegration');
      const photo = await expectStatus(201, citizen.upload(id, 'integration.1.photo', 'foto.png', aPng));
      const answer = { documents: { photo: [photo.id] } };
      await expectStatus(200, citizen.post(`/api/v1/practices/${id}/integration-answers`, answer));
      await reach(operator, id, 'inCharge');
      await expectStatus(200, act(operator, id, 'reject', rejection));
      await reach(citizen, id, 'rejected');
      return id;
    },
  },
  {
    name: 'registration-in-trouble',
    options: { replaceDeps: (deps) => ({ protocollo: troubled(deps.protocollo) }) },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await awaitingPayment(citizen);
      await pay(system, id);
      await until('the refusal to be seen', async () => {
        const { body } = await operator.get(`/api/v1/practices/${id}`);
        return body.attention?.includes('registrationRejected');
      });
      await expectStatus(200, operator.post(`/api/v1/practices/${id}/retry-registration`, {}));
      await reach(operator, id, 'registered');
      return id;
    },
  },
  {
    name: 'continued-as-new',
    options: { historyLimit: 25 },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await registeredPractice(system, citizen);
      await expectStatus(200, act(operator, id, 'take-charge'));
      await expectStatus(200, act(operator, id, 'reject', rejection));
      await reach(citizen, id, 'rejected');
      return id;
    },
  },
];

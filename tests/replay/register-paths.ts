import { ApplicationFailure } from '@temporalio/common';
import type { ProtocolloPort } from '../../src/activities/ports/protocollo';
import { reach } from '../support/builders';
import { decides, does, happened, offer, registered, sent } from '../support/services';
import type { System } from '../support/system';
import { until } from '../support/until';
import { holdDocument, type Path, people } from './path';

const REASONS = 'Mancano i requisiti richiesti dal regolamento.';

/** The answer is lost. Looking for the number fails, then finds only something like it, then finds it. */
function vague(register: ProtocolloPort): ProtocolloPort {
  let calls = 0;
  let looks = 0;
  return {
    ...register,
    capabilities: () => ({ ...register.capabilities(), reliableSearch: false }),
    register: async (request) => {
      const answer = await register.register(request);
      calls += 1;
      if (calls === 1) throw new Error('answer lost');
      return answer;
    },
    findByOwnRef: async (tenant, ownRef) => {
      looks += 1;
      if (looks === 1) throw ApplicationFailure.nonRetryable('the register offers no search today');
      const found = await register.findByOwnRef(tenant, ownRef);
      return found && looks === 2 ? { ...found, match: 'likely' } : found;
    },
  };
}

/** Refuses the second document. */
function strict(register: ProtocolloPort): ProtocolloPort {
  let calls = 0;
  return {
    ...register,
    register: async (request) => {
      calls += 1;
      if (calls === 2) return { kind: 'rejected', code: 'OFFICE_UNKNOWN', message: 'unknown office' };
      return register.register(request);
    },
  };
}

/** The first call never arrives. */
function deafAtFirst(register: ProtocolloPort): ProtocolloPort {
  let calls = 0;
  return {
    ...register,
    register: async (request) => {
      calls += 1;
      if (calls === 1) throw new Error('connection refused');
      return register.register(request);
    },
  };
}

/** The first call never arrives, and for longer than the pause before the next one nobody can look, either. */
function awayForAWhile(register: ProtocolloPort): ProtocolloPort {
  const deaf = deafAtFirst(register);
  let looks = 0;
  return {
    ...deaf,
    findByOwnRef: async (tenant, ownRef) => {
      looks += 1;
      if (looks === 1) throw new Error('connection refused');
      return deaf.findByOwnRef(tenant, ownRef);
    },
  };
}

/** How often a practice was flagged for a reason. */
async function flags(system: System, id: string, reason: string): Promise<number> {
  const rows = await system.db.prisma.practiceEventRow.findMany({ where: { practiceId: id, type: 'attentionRaised' } });
  return rows.filter(({ data }) => (data as { readonly reason?: string }).reason === reason).length;
}

async function getsItsNumber(system: System): Promise<string> {
  const { citizen } = await people(system);
  const id = await sent(citizen, await offer(system));
  await reach(citizen, id, 'registered');
  return id;
}

function annulledWhileTheDecisionIsWritten(): Path {
  const { gate, wrapActivities } = holdDocument('decision');
  return {
    name: 'annulled-while-the-decision-is-written',
    options: { wrapActivities },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve');
      await gate.reached;
      await decides(await system.as('elena.riva'), id, 'annul', { message: REASONS });
      gate.release();
      await registered(citizen, id, 'annulment');
      return id;
    },
  };
}

function withdrawnWhileTheReceiptIsMade(): Path {
  const { gate, wrapActivities } = holdDocument('request');
  return {
    name: 'withdrawn-while-the-receipt-is-made',
    options: { wrapActivities },
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await sent(citizen, await offer(system, { registration: 'none' }));
      await gate.reached;
      await does(citizen, id, 'withdrawals');
      gate.release();
      await happened(citizen, id, 'documentFiled');
      return id;
    },
  };
}

/** Ways on which the register is in trouble, and on which people are quicker than documents. */
export const REGISTER_PATHS: readonly Path[] = [
  annulledWhileTheDecisionIsWritten(),
  withdrawnWhileTheReceiptIsMade(),
  {
    name: 'number-that-was-never-issued',
    options: { replaceDeps: ({ protocollo }) => ({ protocollo: deafAtFirst(protocollo) }) },
    live: getsItsNumber,
  },
  {
    name: 'number-asked-for-after-an-outage',
    options: { replaceDeps: ({ protocollo }) => ({ protocollo: awayForAWhile(protocollo) }) },
    live: getsItsNumber,
  },
  {
    name: 'annulled-while-registering',
    options: { replaceDeps: ({ protocollo }) => ({ protocollo: deafAtFirst(protocollo) }) },
    live: async (system) => {
      const { citizen } = await people(system);
      const manager = await system.as('elena.riva');
      const id = await sent(citizen, await offer(system));
      // Between the call that was lost and the next one there are five seconds.
      await reach(citizen, id, 'registering');
      await decides(manager, id, 'annul', { message: REASONS });
      await registered(citizen, id, 'annulment');
      return id;
    },
  },
  {
    name: 'ended-without-its-last-number',
    options: { replaceDeps: ({ protocollo }) => ({ protocollo: strict(protocollo) }) },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system));
      await reach(citizen, id, 'registered');
      await does(citizen, id, 'withdrawals');
      await happened(operator, id, 'attentionRaised');
      await does(operator, id, 'retry-registration', {});
      await registered(citizen, id, 'withdrawal');
      return id;
    },
  },
  {
    name: 'number-that-a-person-looks-for',
    options: { replaceDeps: ({ protocollo }) => ({ protocollo: vague(protocollo) }) },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system));
      for (const times of [1, 2]) {
        await until('the uncertainty', async () => (await flags(system, id, 'registrationUncertain')) === times);
        await does(operator, id, 'retry-registration', {});
      }
      await reach(citizen, id, 'registered');
      return id;
    },
  },
  {
    name: 'assigned-by-its-content',
    live: async (system) => {
      const { citizen } = await people(system);
      const automaticAssignment = {
        field: 'request.kind',
        cases: [{ equals: 'small', to: { office: 'mobilita', operator: 'sara.ferri' } }],
      };
      const service = await offer(system, { automaticAssignment });
      const id = await sent(citizen, service, { kind: 'small' });
      await reach(citizen, id, 'inCharge');
      return id;
    },
  },
  {
    name: 'assigned-without-register',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const automaticAssignment = { field: 'request.kind', cases: [{ equals: 'small', to: { office: 'mobilita' } }] };
      const service = await offer(system, { registration: 'none', automaticAssignment });
      const id = await sent(citizen, service, { kind: 'small' });
      await reach(citizen, id, 'inCharge');
      await decides(operator, id, 'take-charge');
      await does(operator, id, 'priority', { priority: 'high' });
      await decides(operator, id, 'assignments', { operator: (await aColleague(system)).id });
      return id;
    },
  },
  {
    name: 'partly-approved',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { switches: { partialApproval: true } }));
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve-partially', { message: REASONS });
      await reach(citizen, id, 'partiallyApproved');
      return id;
    },
  },
];

async function aColleague(system: System) {
  const tenant = await system.db.prisma.tenant.findUniqueOrThrow({ where: { code: 'bugliano' } });
  return system.db.prisma.account.findFirstOrThrow({ where: { username: 'sara.ferri', tenantId: tenant.id } });
}

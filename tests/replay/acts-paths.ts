import { aPdf, expectStatus, pay, reach } from '../support/builders';
import type { ApiClient } from '../support/client';
import { decides, does, happened, offer, registered, sent } from '../support/services';
import type { System } from '../support/system';
import { until } from '../support/until';
import { type Path, people } from './path';

const REASONS = 'Mancano i requisiti richiesti dal regolamento.';
const fee = { amountCents: 2500, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti' } as const;
const release = { amountCents: 4000, windowMinutes: 60, reason: 'Canone' } as const;
let stamp = 20_000_000_000_000;

async function held(system: System, changes: Parameters<typeof offer>[1] = {}) {
  const { citizen, operator } = await people(system);
  const id = await sent(citizen, await offer(system, changes));
  await reach(citizen, id, changes.registration === 'none' ? 'received' : 'registered');
  await decides(operator, id, 'take-charge');
  return { id, citizen, operator };
}

function opened(system: System, id: string, ordinal: number) {
  return until('the position to be open', async () => {
    const row = await system.db.prisma.payment.findFirst({ where: { practiceId: id, ordinal } });
    return row?.status === 'open';
  });
}

const givesStamp = (citizen: ApiClient, id: string) =>
  does(citizen, id, 'stamps', { stamps: [{ number: String(++stamp) }] });

/** Ways that came with the acts of the second release. */
export const ACT_PATHS: readonly Path[] = [
  {
    name: 'planning-desk',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { registration: 'onAcceptance' }));
      await reach(citizen, id, 'toAccept');
      await decides(operator, id, 'accept');
      await reach(citizen, id, 'inCharge');
      await decides(operator, id, 'start-notice');
      await registered(operator, id, 'startNotice');
      await decides(operator, id, 'archive', { message: REASONS });
      await registered(operator, id, 'archiving');
      return id;
    },
  },
  {
    name: 'stamps-and-money-before-and-after',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const stamps = { atRequest: { count: 1 }, atRelease: { count: 1 } };
      const service = await offer(system, { payment: fee, releasePayment: release, stamps });
      const id = await sent(citizen, service);
      await givesStamp(citizen, id);
      await opened(system, id, 1);
      await pay(system, id);
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'awaitingFinalStamps');
      await givesStamp(citizen, id);
      await opened(system, id, 2);
      await pay(system, id, 2);
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'paid-at-the-counter',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await opened(system, id, 1);
      await does(citizen, id, 'payment-returns');
      await decides(operator, id, 'counter-payments', { reason: 'Pagato in contanti.' });
      await happened(operator, id, 'positionClosed');
      await reach(citizen, id, 'registered');
      return id;
    },
  },
  {
    name: 'withdrawn',
    live: async (system) => {
      const { id, citizen } = await held(system);
      await does(citizen, id, 'withdrawals');
      await registered(citizen, id, 'withdrawal');
      return id;
    },
  },
  {
    name: 'annulled-after-approval',
    live: async (system) => {
      const { id, citizen, operator } = await held(system);
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      await decides(await system.as('elena.riva'), id, 'annul', { message: REASONS });
      await registered(citizen, id, 'annulment');
      return id;
    },
  },
  {
    name: 'reopened',
    live: async (system) => {
      const { id, citizen, operator } = await held(system, { switches: { reopening: true } });
      await decides(operator, id, 'reject', { message: REASONS });
      await registered(citizen, id, 'decision');
      await decides(operator, id, 'reopen', { message: REASONS });
      await reach(citizen, id, 'inCharge');
      return id;
    },
  },
  {
    name: 'rejected-after-notice',
    live: async (system) => {
      const { id, citizen, operator } = await held(system, { rejectionNotice: 'required' });
      await decides(operator, id, 'rejection-notices', { message: REASONS });
      await registered(citizen, id, 'rejectionNotice');
      const file = await expectStatus(201, citizen.upload(id, 'observations', 'prova.pdf', await aPdf()));
      await does(citizen, id, 'observations', { message: 'Non sono d’accordo.', attachments: [file.id] });
      await registered(operator, id, 'observations');
      await decides(operator, id, 'reject', { message: REASONS });
      await reach(citizen, id, 'rejected');
      return id;
    },
  },
  {
    name: 'without-register',
    live: async (system) => {
      const { id, citizen, operator } = await held(system, { registration: 'none' });
      await decides(operator, id, 'integration-requests', { message: 'Serve il tipo.', fields: ['request.kind'] });
      await reach(citizen, id, 'awaitingIntegration');
      await does(citizen, id, 'integration-answers', { values: { 'request.kind': 'small' } });
      await reach(citizen, id, 'inCharge');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'passed-on',
    live: async (system) => (await held(system, { workflow: 'forward' })).id,
  },
  {
    name: 'only-paid',
    live: async (system) => {
      const { citizen } = await people(system);
      const service = await offer(system, { workflow: 'paymentOnly', registration: 'none', payment: fee });
      const id = await sent(citizen, service);
      await opened(system, id, 1);
      await pay(system, id);
      await reach(citizen, id, 'received');
      return id;
    },
  },
  {
    name: 'messages-as-integration',
    live: async (system) => {
      const { id, citizen, operator } = await held(system);
      const ask = { message: 'Serve il tipo.', fields: ['request.kind'] };
      await decides(operator, id, 'integration-requests', ask);
      await reach(citizen, id, 'awaitingIntegration');
      await decides(operator, id, 'integration-cancellations');
      await decides(operator, id, 'integration-requests', ask);
      await reach(citizen, id, 'awaitingIntegration');
      const text = 'Il tipo è piccolo.';
      const message = await expectStatus(201, citizen.post(`/api/v1/practices/${id}/messages`, { text }));
      await decides(operator, id, 'integration-acceptances', { messages: [message.id] });
      await registered(operator, id, 'integrationAnswer');
      return id;
    },
  },
  {
    name: 'handed-on-with-communications',
    live: async (system) => {
      const phases = [
        { key: 'precheck', label: 'Preistruttoria', next: ['review'] },
        { key: 'review', label: 'Istruttoria', decisions: ['approved' as const, 'rejected' as const] },
      ];
      const { id, citizen, operator } = await held(system, { phases });
      const sara = await system.as('sara.ferri');
      await decides(sara, id, 'take-over');
      await decides(sara, id, 'release');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'phase', { phase: 'review' });
      const subject = 'Sopralluogo';
      await decides(operator, id, 'communications', { to: 'applicant', subject, message: 'Il sopralluogo è lunedì.' });
      await registered(operator, id, 'communication');
      await decides(operator, id, 'approve');
      await reach(citizen, id, 'approved');
      return id;
    },
  },
  {
    name: 'draft-deleted',
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await opened(system, id, 1);
      await expectStatus(204, citizen.post(`/api/v1/practices/${id}/delete-draft`));
      return id;
    },
  },
];

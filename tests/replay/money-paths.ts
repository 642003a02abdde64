import { randomUUID } from 'node:crypto';
import { type PaymentsPort, PositionRefused } from '../../src/activities/ports/payments';
import { type ReceiptPayload, receiptNews } from '../../src/application/inbox/receipts';
import { instant } from '../../src/domain/ids';
import { deliverReceipt, payAtGateway, reach } from '../support/builders';
import { decides, does, happened, offer, sent } from '../support/services';
import { opened, outcome, type Path, people, workflowOf } from './path';

const fee = { amountCents: 2500, windowMinutes: 60, onExpiry: 'expired', reason: 'Diritti' } as const;
const release = { amountCents: 4000, windowMinutes: 60, reason: 'Canone' } as const;

/** The first position is refused. */
function strict(gateway: PaymentsPort): PaymentsPort {
  let calls = 0;
  return {
    ...gateway,
    createPosition: async (request) => {
      calls += 1;
      if (calls === 1) throw new PositionRefused('PAYER_INVALID', 'the payer’s tax code is unknown');
      return gateway.createPosition(request);
    },
  };
}

/** Ways of money: refused, told late, told twice, told by asking. */
export const MONEY_PATHS: readonly Path[] = [
  {
    name: 'position-refused-and-asked-again',
    options: { replaceDeps: ({ payments }) => ({ payments: strict(payments) }) },
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await happened(operator, id, 'attentionRaised');
      await does(citizen, id, 'retry-payment');
      await opened(system, id);
      await payAtGateway(system, id);
      // The receipt never comes: who comes back from paying makes us ask.
      await does(citizen, id, 'payment-returns');
      await reach(citizen, id, 'registered');
      return id;
    },
  },
  {
    name: 'paid-twice',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await opened(system, id);
      await payAtGateway(system, id);
      await decides(operator, id, 'counter-payments', { reason: 'Pagato in contanti.' });
      await happened(operator, id, 'attentionRaised');
      await reach(citizen, id, 'registered');
      return id;
    },
  },
  {
    name: 'receipt-told-again',
    live: async (system) => {
      const { citizen } = await people(system);
      const id = await sent(citizen, await offer(system, { payment: fee }));
      await opened(system, id);
      const receipt = await payAtGateway(system, id);
      await deliverReceipt(system, receipt);
      await reach(citizen, id, 'registered');
      const rows = () =>
        system.db.prisma.inboxRow.findMany({
          where: { practiceId: id, type: 'paymentReceipt' },
          orderBy: { position: 'asc' },
        });
      const [first] = await rows();
      if (!first) throw new Error('the receipt has no row');
      const news = receiptNews(first.id, first.payload as unknown as ReceiptPayload, instant(first.receivedAt));
      await workflowOf(system, id).signal('paymentReceipt', news);
      // Some gateways tell of the same money under another id.
      await deliverReceipt(system, { ...receipt, receiptId: randomUUID() });
      const [, second] = await rows();
      expect(await outcome(system, second?.id ?? '')).toMatchObject({ result: 'noEffect' });
      return id;
    },
  },
  {
    name: 'paid-at-release',
    live: async (system) => {
      const { citizen, operator } = await people(system);
      const id = await sent(citizen, await offer(system, { releasePayment: release }));
      await reach(citizen, id, 'registered');
      await decides(operator, id, 'take-charge');
      await decides(operator, id, 'approve');
      await opened(system, id);
      await deliverReceipt(system, await payAtGateway(system, id));
      await reach(citizen, id, 'approved');
      return id;
    },
  },
];

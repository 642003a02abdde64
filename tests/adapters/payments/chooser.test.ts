import { createPayments, UnknownGateway } from '../../../src/adapters/payments';
import { SECRET } from '../../sandbox/support';

test('the gateway named by the configuration is made', () => {
  expect(createPayments({ gateway: 'sandbox', url: 'http://127.0.0.1:3100', secret: SECRET }).name).toBe('sandbox');
});

test('an unknown name fails at once and says which names exist', () => {
  expect(() => createPayments({ gateway: 'mypay', url: 'http://127.0.0.1:3100', secret: SECRET })).toThrow(
    new UnknownGateway('no payment gateway is called "mypay"; there are: sandbox'),
  );
});

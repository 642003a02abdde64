import { TABS } from '../../src/application/queries/tabs';
import { STATUSES } from '../../src/domain/practice/states';

test('every state stands under exactly one tab of the citizen', () => {
  const places = Object.values(TABS).flat();
  expect([...places].sort()).toEqual([...STATUSES].sort());
});

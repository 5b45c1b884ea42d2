import { expect, test } from 'vitest';
import { events } from '#declared/events.ts';
import type { StoredCustomer } from '../../functions/customers/customer.ts';
import { lastActivityOf } from '../../functions/privacy/inactive-customer.ts';
import { emit } from '../../functions/shared/store/changes.ts';
import type { Store } from '../../functions/shared/store/store.ts';
import { eventItem } from '../../functions/shared/store/transaction.ts';

const id = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
const createdAt = '2026-01-01T00:00:00.000Z';
const later = '2026-06-01T00:00:00.000Z';

/** when a customer was last active whose timeline holds one event, of that type */
const activityAfter = async (type: string, issuer?: string) => {
  const event = events.find(({ name }) => name === type);
  if (!event) throw new Error(`there is no event ${type}`);
  const writer = { tenant: 't', actor: 'rapport:test', now: later, tableName: 'table', ...(issuer ? { issuer } : {}) };
  const item = eventItem(writer, emit(event, { customerId: id, about: id, data: event.example }));
  const store = { partition: async () => ({ items: [item] }), get: async () => undefined } as unknown as Store;
  return (await lastActivityOf(store, { id, createdAt } as unknown as StoredCustomer)).at;
};

test('an event of the system does not postpone the erasure of an inactive customer, one of a person does', async () => {
  for (const type of ['case.escalated', 'case.queued', 'message.sent', 'customer.inactive']) {
    expect(await activityAfter(type), type).toBe(createdAt);
  }
  for (const type of ['message.opened', 'tracked.page', 'order.created', 'inactive-customer.retained']) {
    expect(await activityAfter(type), type).toBe(later);
  }
});

test('what staff do with a token of the customer does not postpone it either', async () => {
  expect(await activityAfter('case.opened')).toBe(later);
  expect(await activityAfter('case.opened', 'user:5f0c')).toBe(createdAt);
});

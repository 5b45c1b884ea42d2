import { expect, test } from 'vitest';
import { keysOf } from '../../functions/customer-facts/keys.ts';
import type { Condition } from '../../functions/shared/conditions/condition.ts';
import { eventKeys } from '../../functions/shared/events/event-index.ts';
import type { Row } from '../messaging/slice.ts';
import { chance } from '../sequence.ts';
import { facts, money, of } from './facts-world.ts';

test('no answer changes without an event under one of the keys of its condition', async () => {
  const crm = await facts();
  const by = chance(11);
  const [ada, ben] = [await crm.customer({ externalId: crm.unique() }), await crm.customer()];
  const acme = await crm.organisation('Acme');
  const { id: vip } = await crm.ask('POST /v1/lists', { body: { name: 'VIP', kind: 'static' } });
  await crm.idle();
  const has = (record: string, attribute: string, operator: object) => ({ record, where: { attribute, ...operator } });
  const leaves: object[] = [
    { attribute: 'attributes.plan', is: 'gold' },
    { attribute: 'address.country', exists: true },
    { attribute: 'finance.openAmount.SGD', gt: 0 },
    { attribute: 'phone', verified: {} },
    { attribute: 'attributes.tags', contains: 'x' },
    { event: 'order.completed', sum: { of: 'total.amount', gte: 200 } },
    { event: 'Product Viewed', then: { event: 'order.created' } },
    { event: 'tracked.track', where: { event: ['Product Viewed'] } },
    { event: 'case.opened' },
    has('order', 'status', { is: 'completed' }),
    has('case', 'status', { is: 'resolved' }),
    has('invoice', 'paid', { gt: 0 }),
    has('asset', 'usage.value', { gte: 100 }),
    has('need', 'status', { exists: true }),
    has('lead', 'status', { is: 'disqualified' }),
    has('opportunity', 'status', { is: 'won' }),
    { consent: { channel: 'email', topic: 'news' } },
    { list: vip },
    { organisation: { attribute: 'attributes.plan', is: 'gold' } },
  ];
  const conditions = [...leaves, ...leaves.slice(0, 6).map(leaf => ({ not: { any: [leaf, by.pick(leaves)] } }))];
  const lists = await Promise.all(conditions.map(crm.list));
  const answers = async () => {
    const found: string[][] = [];
    for (const id of lists) found.push(await crm.members(id));
    return found;
  };
  type Seen = { id: string; type: string; data: unknown };
  const timeline = async () =>
    (
      await Promise.all([ada.id, ben.id, acme.id].map(async id => (await crm.timeline(id)) ?? []))
    ).flat() as unknown as Seen[];
  const customerId = ada.id;
  const { id: orderId } = await crm.order(ada.id, { total: 300 });
  const { id: caseId } = await crm.open(ben.id);
  const due = { issuedOn: '2026-01-15', dueOn: '2036-02-15' };
  const actions: (() => Promise<unknown>)[] = [
    () => crm.happen(ada.id, { plan: 'gold', tags: ['x'] }),
    () => crm.open(ada.id),
    () => crm.ask('PATCH /v1/customers/{id}', { ...of(ada.id), body: { address: { country: 'SG' } } }),
    () => crm.ask('PATCH /v1/orders/{id}', { ...of(orderId), body: { status: 'completed' } }),
    () => crm.ask('POST /v1/cases/{id}/resolve', { ...of(caseId), body: {} }),
    () => crm.put('track', { userId: (ada as Row).externalId, event: 'Product Viewed' }),
    () => crm.order(ada.id),
    async () => {
      const body = { customerId, number: crm.unique(), total: money(70), ...due };
      const { id } = await crm.ask('POST /v1/invoices', { body });
      const paid = { amount: money(30), paidOn: '2026-02-01', reference: 'r1' };
      await crm.ask('POST /v1/invoices/{id}/payments', { ...of(id), body: paid });
    },
    async () => {
      const { id } = await crm.ask('POST /v1/assets', { body: { customerId, name: 'Volt' } });
      await crm.ask('POST /v1/assets/{id}/readings', { ...of(id), body: { value: 500, unit: 'km' } });
    },
    () => crm.ask('POST /v1/customers/{id}/needs', { ...of(ben.id), body: { what: 'A car', source: 'call' } }),
    async () => {
      const { id } = await crm.ask('POST /v1/leads', { body: { customerId, source: 'web' } });
      await crm.ask('POST /v1/leads/{id}/disqualify', { ...of(id), body: { reason: 'no' } });
    },
    async () => {
      const { id } = await crm.ask('POST /v1/opportunities', { body: { customerId, name: 'Volt' } });
      await crm.ask('POST /v1/opportunities/{id}/win', { ...of(id), body: {} });
    },
    () => crm.consent(ben.id),
    () => crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: vip, customerId: ben.id } }),
    () => crm.employ(ada.id, acme.id),
    () => crm.happen(acme.id, { plan: 'gold' }),
    async () => {
      await crm.ask('PATCH /v1/customers/{id}', { ...of(ben.id), body: { phone: '+6561234567' } });
      const body = { attributes: ['phone'], by: 'customer', method: 'call' };
      await crm.ask('POST /v1/customers/{id}/verify', { ...of(ben.id), body });
    },
    () => crm.ask('POST /v1/customers/{id}/merge', { ...of(ben.id), body: { from: ada.id } }),
  ];
  await crm.idle();
  let [before, past] = [await answers(), await timeline()];
  const untouched = new Set(conditions.map((_, nth) => nth));
  for (const act of actions) {
    await act();
    await crm.idle();
    const [after, events] = [await answers(), await timeline()];
    const hit = new Set(
      events
        .filter(one => !past.some(({ id }) => id === one.id))
        .flatMap(({ type, data }) => eventKeys({ 'detail-type': type, detail: { data } })),
    );
    for (const [nth, condition] of conditions.entries()) {
      if (JSON.stringify(before[nth]) === JSON.stringify(after[nth])) continue;
      untouched.delete(nth);
      const keys = [...keysOf([condition as Condition])];
      expect([condition, act.toString(), keys.some(key => hit.has(key))]).toEqual([condition, act.toString(), true]);
    }
    [before, past] = [after, events];
  }
  expect(leaves.filter((_, nth) => untouched.has(nth))).toEqual([]);
});

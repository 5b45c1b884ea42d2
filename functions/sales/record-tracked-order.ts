import { isPublicActor } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { orders } from './orders/order.ts';
import { importableOrders } from './orders/order-importable.ts';
import { orderNumberOf, rowOfCall } from './orders/tracked-order.ts';
import { recordReport, reject } from './record-report.ts';

/** A server's word makes an order, once for its number; what a public key says stays behaviour. */
export const recordTrackedOrder: Reaction<typeof subscriptions.recordTrackedOrder> = async (event, ctx) => {
  const { id, source, actor, customerId, occurredAt, data } = event;
  if (!customerId || isPublicActor(actor)) return;
  const call = { ...data, customerId, occurredAt };
  const key = orderNumberOf(call);
  const report = { id, source, reported: data.event };
  const before = key ? await ctx.store.getBy(orders, 'number', key) : undefined;
  const { given, faults } = key
    ? rowOfCall(call, before?.total)
    : { faults: [{ path: 'order_id', message: 'is missing: an order is recorded once by it' }], given: undefined };
  if (faults.length) return ctx.store.commit(reject(report, ctx.now, { key: key || null, taken: false, faults }));
  if (given) await recordReport(report, { records: importableOrders, given, before }, ctx);
};

export const reaction = consume('recordTrackedOrder', subscriptions.recordTrackedOrder, recordTrackedOrder);

import { resolveMerged } from '../customers/active-customer.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { checked } from '../shared/http/parse.ts';
import type { Fault } from '../shared/imports/importable.ts';
import { type Change, update } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { subscriptions } from './contract.ts';
import type { Changed } from './fields.ts';
import { rowFaults } from './importables/steps.ts';
import { orders, type StoredOrder } from './orders/order.ts';
import { amendedOrder, changedOrder, refundedOrder } from './orders/order-changes.ts';
import { importableOrders } from './orders/order-importable.ts';
import { OrderFields } from './orders/order-routes.ts';
import { orderNumberOf, refundOf, rowOfCall } from './orders/tracked-order.ts';
import { recordReport, reject } from './record-report.ts';

type Call = Parameters<Reaction<typeof subscriptions.recordTrackedOrder>>[0] & { customerId: string };

type Decided = { faults: Fault[]; changed?: Changed<StoredOrder> };

/** the order with the contents that a call reports, unless it has later ones */
const amended = (call: Call, before: StoredOrder, now: string): Decided => {
  const { customerId, occurredAt, data } = call;
  if (occurredAt <= (before.reportedAt ?? before.placedAt)) return { faults: [] };
  const { given, faults } = rowOfCall({ ...data, customerId, occurredAt }, before.total.currency);
  if (!given) return { faults };
  const { number, lines, total = before.total, shipping, tax, coupon, placedAt } = given;
  const own = { lines, total, shipping, tax, coupon };
  const fields = checked(OrderFields, { ...own, number, placedAt, customerId: before.customerId });
  if (!fields.success) return { faults: rowFaults(fields) };
  const { lines: all, total: sum, shipping: sent, tax: taxed, coupon: code } = fields.data;
  const contents = { lines: all, total: sum, shipping: sent, tax: taxed, coupon: code, reportedAt: occurredAt };
  return { faults: [], changed: amendedOrder(now, before, contents) };
};

/** what a call makes of an order that is recorded */
const decide = (call: Call, before: StoredOrder, now: string): Decided => {
  switch (call.data.event) {
    case 'Order Updated':
      return amended(call, before, now);
    case 'Order Refunded': {
      const { given, faults } = refundOf(call.data, before.total);
      return given ? { faults: [], changed: refundedOrder(now, before, given.amount) } : { faults };
    }
    case 'Order Cancelled':
      return { faults: [], changed: changedOrder(now, before, 'cancelled') };
    default:
      return before.status === 'cancelled'
        ? { faults: [] }
        : { faults: [], changed: changedOrder(now, before, 'completed') };
  }
};

/** deliveries of one event until what it is about must have come, if it was only overtaken */
const patience = 3;

const makes = ['Order Completed', 'Order Updated'];

const recordNew = async (call: Call, key: string, ctx: Ctx): Promise<Fault[]> => {
  const { id, source, customerId, occurredAt, data } = call;
  if (!makes.includes(data.event)) {
    if (ctx.delivery < patience) throw new VersionConflict(`there is no order ${key} yet`);
    return [{ path: 'order_id', message: 'is of no order that is recorded' }];
  }
  const { given, faults } = rowOfCall({ ...data, customerId, occurredAt }, undefined);
  const report = { id, source, reported: data.event };
  if (given) await recordReport(report, { records: importableOrders, given, before: undefined }, ctx);
  return faults;
};

const isOfAnother = async (store: Store, { customerId }: Call, before: StoredOrder) => {
  if (customerId === before.customerId) return false;
  const [one, other] = await Promise.all([customerId, before.customerId].map(id => resolveMerged(store, id)));
  return one?.id !== other?.id;
};

const recordChange = async (call: Call, before: StoredOrder, { now, store }: Ctx): Promise<Fault[]> => {
  if (await isOfAnother(store, call, before))
    return [{ path: 'userId', message: 'is not of the customer of the order' }];
  const { faults, changed } = decide(call, before, now);
  const changes: Change[] =
    changed && changed.after !== before ? [update(orders, before, changed.after), ...changed.events] : [];
  if (changes.length) await store.commit(changes);
  return faults;
};

/** A server's word makes an order, once for its number, and changes it; what a public key says stays behaviour. */
export const recordTrackedOrder: Reaction<typeof subscriptions.recordTrackedOrder> = async (event, ctx) => {
  const { id, source, actor, customerId, data } = event;
  if (!customerId || isPublicActor(actor)) return;
  const call = { ...event, customerId };
  const key = orderNumberOf(data);
  const report = { id, source, reported: data.event };
  const before = key ? await ctx.store.getBy(orders, 'number', key) : undefined;
  const missing = [{ path: 'order_id', message: 'is missing: an order is recorded once by it' }];
  const faults = key ? await (before ? recordChange(call, before, ctx) : recordNew(call, key, ctx)) : missing;
  if (faults.length) await ctx.store.commit(reject(report, ctx.now, { key: key || null, taken: false, faults }));
};

export const reaction = consume('recordTrackedOrder', subscriptions.recordTrackedOrder, recordTrackedOrder);

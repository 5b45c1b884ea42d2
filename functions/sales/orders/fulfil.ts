import {
  orderCancelled,
  orderDelivered,
  orderPartCancelled,
  orderRefunded,
  orderReturned,
} from '../../../events/order.ts';
import { allocate, exact } from '../../shared/exact.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { eventOf, updated } from '../../shared/store/changes.ts';
import { orderClosed } from '../errors.ts';
import type { Changed } from '../fields.ts';
import type { Order, StoredOrder } from './order.ts';

type Line = Order['lines'][number];
type Units = { sku: string; quantity: number };
type Step = 'delivered' | 'returned' | 'cancelled';

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** the units of an order that is complete were delivered, though nobody recorded it */
const deliveredOf = (line: Line, { status }: Pick<Order, 'status'>) =>
  status === 'completed' ? line.quantity - (line.cancelled ?? 0) : (line.delivered ?? 0);

const openOf = (line: Line, order: Order) => line.quantity - (line.cancelled ?? 0) - deliveredOf(line, order);

export const openUnits = (order: Order) => sum(order.lines.map(line => openOf(line, order)));

const verbs = { delivered: 'deliver', returned: 'return', cancelled: 'cancel' } as const;

/** how many units of a line can take a step */
const roomOf = (line: Line, order: Order, step: Step) =>
  step === 'returned' ? deliveredOf(line, order) - (line.returned ?? 0) : openOf(line, order);

/** the units of each line that a step takes: an article that several lines have is taken from the first that has some */
const takenOf = (order: Order, asked: Units[] | undefined, step: Step): number[] => {
  const room = order.lines.map(line => roomOf(line, order, step));
  if (!asked) return room;
  const taken = room.map(() => 0);
  const errors: FieldError[] = [];
  for (const [nth, { sku, quantity }] of asked.entries()) {
    const places = order.lines.flatMap((line, at) => (line.sku === sku ? [at] : []));
    const left = sum(places.map(at => room[at]! - taken[at]!));
    if (!places.length) errors.push({ path: `lines.${nth}.sku`, message: 'is no article of the order' });
    else if (quantity > left)
      errors.push({
        path: `lines.${nth}.quantity`,
        message: `is more than the ${left} that are left to ${verbs[step]}`,
      });
    let rest = Math.min(quantity, left);
    for (const at of places) {
      const here = Math.min(rest, room[at]! - taken[at]!);
      taken[at]! += here;
      rest -= here;
    }
  }
  if (errors.length) throw invalid(errors);
  return taken;
};

const unitsOf = ({ lines }: Order, taken: number[]): Units[] =>
  lines.flatMap(({ sku }, nth) => (taken[nth] ? [{ sku, quantity: taken[nth] }] : []));

const marked = (order: StoredOrder, taken: number[], step: Step): Line[] =>
  order.lines.map((line, nth) => {
    const known = order.status === 'completed' ? { ...line, delivered: deliveredOf(line, order) } : line;
    return taken[nth] ? { ...known, [step]: (known[step] ?? 0) + taken[nth] } : known;
  });

/** what the lines come to: the total without shipping, in whole shares by what the lines cost; their sum is exact */
const amountsOf = ({ lines, total, shipping }: Order): bigint[] => {
  const goods = total.amount - Math.min(total.amount, shipping?.amount ?? 0);
  const weights = lines.map(({ amount, price, quantity }) => amount ?? price.amount * quantity);
  return allocate(
    BigInt(goods),
    weights.map(weight => exact(BigInt(weight))),
  );
};

/** what the first `count` of so many units come to: the largest remainders are those of the first units */
const firstUnits = (amount: bigint, quantity: number, count: number) => {
  const [each, rest] = [amount / BigInt(quantity), amount % BigInt(quantity)];
  const raised = BigInt(count) < rest ? BigInt(count) : rest;
  return each * BigInt(count) + raised;
};

/** what so many units of each line come to; all of them with the shipping: then it is the whole total */
export const worthOf = (order: Order, counts: number[]): number => {
  if (order.lines.every(({ quantity }, nth) => counts[nth] === quantity)) return order.total.amount;
  const amounts = amountsOf(order);
  const all = order.lines.map(({ quantity }, nth) => firstUnits(amounts[nth]!, quantity, counts[nth]!));
  return Number(all.reduce((total, one) => total + one, 0n));
};

const given = ({ lines }: Pick<Order, 'lines'>) => lines.map(line => (line.returned ?? 0) + (line.cancelled ?? 0));

/** what is to be paid by now: what was delivered, less what was given back and what gift cards paid */
const owedOf = (order: Order): number => {
  const { lines, refunded, payments = [] } = order;
  const worth = worthOf(
    order,
    lines.map(line => deliveredOf(line, order) + (line.cancelled ?? 0)),
  );
  const paid = sum(payments.map(({ amount, refunded = 0 }) => amount - refunded));
  return Math.max(0, worth - (refunded?.amount ?? 0) - paid);
};

const billedOf = ({ invoiced, credited }: Order) => (invoiced?.amount ?? 0) - (credited?.amount ?? 0);

/** what can be billed by now */
export const billableOf = (order: Order) => Math.max(0, owedOf(order) - billedOf(order));

/** what was billed too much by now */
export const creditableOf = (order: Order) => Math.max(0, billedOf(order) - owedOf(order));

/** the order after units were given back or will not come, with what is refunded for them, at most what is left */
const refunded = (now: string, before: StoredOrder, changed: Partial<StoredOrder> & Pick<Order, 'lines'>) => {
  const { total } = before;
  const worth = worthOf(before, given(changed)) - worthOf(before, given(before));
  const past = before.refunded?.amount ?? 0;
  const amount = { ...total, amount: Math.max(0, Math.min(worth, total.amount - past)) };
  const after = updated(now, before, { ...changed, refunded: { ...total, amount: past + amount.amount } });
  return { after, events: amount.amount ? [eventOf(orderRefunded, after, { amount, refunded: after.refunded! })] : [] };
};

const refuseCancelled = ({ status }: Order, verb: string) => {
  if (status === 'cancelled') throw orderClosed(`The order is cancelled: there is nothing to ${verb}.`);
};

type Delivery = { lines?: Units[] | undefined; restExpectedOn?: string | undefined };

/** an order of which units were delivered; without lines, all that is open */
export const deliveredOrder = (
  now: string,
  before: StoredOrder,
  { lines, restExpectedOn }: Delivery,
): Changed<StoredOrder> => {
  refuseCancelled(before, verbs.delivered);
  if (!openUnits(before)) throw orderClosed('The order is delivered: there is nothing left to deliver.');
  const taken = takenOf(before, lines, 'delivered');
  const next = { ...before, lines: marked(before, taken, 'delivered') };
  const open = openUnits(next);
  if (!open && restExpectedOn)
    throw invalid([{ path: 'restExpectedOn', message: 'is given, but nothing is left to be delivered' }]);
  const status = open ? 'partlyDelivered' : 'delivered';
  const after = updated(now, next, {
    status,
    restExpectedOn: open ? (restExpectedOn ?? before.restExpectedOn) : undefined,
  });
  return { after, events: [eventOf(orderDelivered, after, { units: unitsOf(before, taken), open })] };
};

type Undone = { lines?: Units[] | undefined; reason?: string | undefined };

/** an order of which delivered units came back: their share of the total is refunded */
export const returnedOrder = (now: string, before: StoredOrder, { lines, reason }: Undone): Changed<StoredOrder> => {
  refuseCancelled(before, verbs.returned);
  const taken = takenOf(before, lines, 'returned');
  if (!sum(taken)) throw orderClosed('Nothing of the order is with the customer: there is nothing to return.');
  const { after, events } = refunded(now, before, { lines: marked(before, taken, 'returned') });
  const returned = eventOf(orderReturned, after, { units: unitsOf(before, taken), reason: reason ?? null });
  return { after, events: [returned, ...events] };
};

/** an order of which what is open will not come: all of it, where nothing was delivered, is a cancelled order */
export const cancelledOrder = (now: string, before: StoredOrder, { lines, reason }: Undone): Changed<StoredOrder> => {
  refuseCancelled(before, verbs.cancelled);
  if (!openUnits(before)) throw orderClosed('The order is delivered: return what comes back.');
  const taken = takenOf(before, lines, 'cancelled');
  const next = { ...before, lines: marked(before, taken, 'cancelled') };
  if (next.lines.every(({ quantity, cancelled }) => cancelled === quantity)) {
    const after = updated(now, next, { status: 'cancelled' });
    return { after, events: [eventOf(orderCancelled, after, { from: before.status })] };
  }
  const isOver = !openUnits(next);
  const status = isOver && next.lines.some(({ delivered }) => delivered) ? 'delivered' : before.status;
  const { after, events } = refunded(now, before, { lines: next.lines, status });
  const cancelled = eventOf(orderPartCancelled, after, { units: unitsOf(before, taken), reason: reason ?? null });
  return { after, events: [cancelled, ...events] };
};

import { isDeepStrictEqual } from 'node:util';
import { cartChanged, cartOrdered } from '../../events/cart.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { asOf } from '../shared/events/as-of.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, created, emit, save, updated } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { type Cart, cartParts, carts, isFilled, type StoredCart, shownCart } from './carts/cart.ts';
import { type CartStep, type Folded, newCart, stepOf, withStep } from './carts/cart-content.ts';
import { subscriptions } from './contract.ts';
import { text } from './orders/tracked-order.ts';

const longestId = 200;
/** carts of a customer that an order without the id of one closes */
const mostClosed = 20;

const dataOf = ({ cartId, lines, value, coupons, checkout }: Cart) => ({ cartId, lines, value, coupons, checkout });

const isSame = (was: Cart, is: Cart) =>
  was.id === is.id && was.status === is.status && isDeepStrictEqual(dataOf(was), dataOf(is));

/** what is told of a cart that is shown otherwise than before */
const eventsOf = (was: Cart | undefined, is: Cart, at: ReturnType<typeof asOf>): Change[] => {
  const { id: about, customerId, status, number } = is;
  const isNothing = !isFilled(is) && !(was && isFilled(was));
  if (isNothing || (was && isSame(was, is))) return [];
  const to = { customerId, about, ...at };
  return status === 'ordered'
    ? [emit(cartOrdered, { ...to, data: { ...dataOf(is), number } })]
    : [emit(cartChanged, { ...to, data: dataOf(is) })];
};

/** the carts that a call is about; an order that names none is of all that are open */
const cartsFor = async (id: StoredCustomer['id'], cartId: string | null, step: CartStep, { store }: Ctx) => {
  if (step.does === 'order' && cartId === null) {
    const part = { limit: mostClosed, within: cartParts };
    const { items } = await recordPage(store, carts, ['customer', id], part);
    return items.filter(one => one.cartId === null || shownCart(one).status === 'open');
  }
  return store.getAll(
    carts,
    [...new Set([cartId, null])].map(one => ({ customerId: id, cartId: one })),
  );
};

/** an order may overtake what was put into a cart that it does not name */
const ordersIn = (found: StoredCart[]) =>
  found.filter(({ cartId }) => cartId === null).flatMap(({ steps }) => steps.filter(({ does }) => does === 'order'));

const changesOf = (before: StoredCart | undefined, start: StoredCart, steps: CartStep[], now: string): Change[] => {
  const folded = steps.reduce<Folded>(withStep, start);
  if (folded === start) return [];
  const { base, until, steps: left } = folded;
  const after: StoredCart = before ? updated(now, before, { base, until, steps: left }) : { ...start, ...folded };
  const was = before && shownCart(before);
  return [save(carts, before, after), ...eventsOf(was, shownCart(after), asOf(now, steps[0]!.at))];
};

/** A cart is behaviour: a public key may say of it what it likes, and brings about no order. */
export const recordCart: Reaction<typeof subscriptions.recordCart> = async (event, ctx) => {
  const { now, store } = ctx;
  const { customerId, data } = event;
  const step = stepOf(event);
  const customer = customerId && step ? await resolveMerged(store, customerId) : undefined;
  if (!customer || !step) return;
  const cartId = text(data.properties.cart_id ?? data.properties.cartId).slice(0, longestId) || null;
  const found = await cartsFor(customer.id, cartId, step, ctx);
  const own = { customerId: customer.id, cartId, root: customer.id };
  const before = found.find(one => one.cartId === cartId);
  const start: StoredCart = before ?? created(now, { ...own, ...newCart() });
  const orders = cartId === null ? [] : ordersIn(found);
  const others = step.does === 'order' ? found.filter(one => one !== before && cartId === null) : [];
  const changes = [
    ...changesOf(before, start, [step, ...orders], now),
    ...others.flatMap(one => changesOf(one, one, [step], now)),
  ];
  if (changes.length) await store.commit(changes);
};

export const reaction = consume('recordCart', subscriptions.recordCart, recordCart);

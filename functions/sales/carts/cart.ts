import * as z from 'zod';
import { CartLine } from '../../../events/cart.ts';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { type Change, insert, remove, save } from '../../shared/store/changes.ts';
import { derivedId } from '../../shared/store/derived-id.ts';
import { entity } from '../../shared/store/entity.ts';
import type { MergedPart, Merging } from '../../shared/store/merge.ts';
import { plus } from '../../shared/time/duration.ts';
import { contentOf, Folded, linesOf, worthOf } from './cart-content.ts';

/** A cart as it is shown. */
export const Cart = z.object({
  id: idOf('cart'),
  customerId: CustomerId,
  cartId: z.string().nullable().describe('as the shop calls it; without, a customer has one cart'),
  status: z.enum(['open', 'ordered']),
  lines: z.array(CartLine),
  value: Money.nullable().describe('null where a price or the currency is not known'),
  currency: z.string().nullable(),
  coupons: z.array(z.string()),
  checkout: z.string().nullable().describe('how far the checkout has come'),
  openedAt: Instant.nullable(),
  orderedAt: Instant.nullable(),
  number: z.string().nullable().describe('of the order'),
  ...stamps,
});
export type Cart = z.output<typeof Cart>;

const StoredCart = z.object({
  customerId: CustomerId,
  cartId: z.string().nullable(),
  /** the customer that it was begun as, of whom its id follows */
  root: z.string(),
  ...Folded.shape,
  ...stamps,
});
export type StoredCart = z.output<typeof StoredCart>;

type Key = Pick<StoredCart, 'customerId' | 'cartId'>;

export const cartParts = { from: 'cart#', to: 'cart$' };

const notSince = 'P90D';

/** The present cart of a customer under an id of the shop, and the one before while there is none. */
export const carts = entity('cart', StoredCart, {
  onErase: 'delete',
  onMerge: { merge: (...args) => mergeCart(...args), undo: (...args) => undoCartMerge(...args), counted: 'carts' },
  area: 'orders',
  key: ({ customerId, cartId }: Key) => ({ of: ['customer', customerId], part: `cart#${cartId ?? ''}` }),
  expires: ({ updatedAt }) => plus(updatedAt, notSince),
});

type Merged = { from: StoredCart; into: StoredCart | null };

/** of two under one id the one that was changed last is the customer's */
const mergeCart: MergedPart<StoredCart>['merge'] = async (cart, into, { store }) => {
  const there = await store.get(carts, { customerId: into, cartId: cart.cartId });
  const undo: Merged = { from: cart, into: there ?? null };
  if (there && there.updatedAt > cart.updatedAt) return { changes: [remove(carts, cart)], undo };
  const moved = { ...cart, customerId: into, version: (there?.version ?? 0) + 1 };
  return { changes: [remove(carts, cart), save(carts, there, moved)], undo };
};

const undoCartMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { from, into: was } = undo as Merged;
  const [is, back] = await Promise.all([store.get(carts, { ...from, customerId: into }), store.get(carts, from)]);
  const isAsMoved = is?.root === from.root && is.updatedAt === from.updatedAt;
  const changes = back ? [] : [insert(carts, from)];
  if (!isAsMoved || !is) return changes;
  return [...changes, was ? save(carts, is, { ...was, version: is.version + 1 }) : remove(carts, is)];
};

/** whether there is, or was, anything in it */
export const isFilled = ({ lines }: Pick<Cart, 'lines'>) => lines.length > 0;

export const shownCart = (stored: StoredCart): Cart => {
  const { customerId, cartId, root, version, createdAt, updatedAt } = stored;
  const content = contentOf(stored);
  const { currency, coupons, checkout, openedAt, ordered, orders } = content;
  return {
    ...{ id: derivedId('cart', root, cartId ?? '', String(orders)), customerId, cartId },
    status: ordered ? 'ordered' : 'open',
    ...{ lines: linesOf(content), value: worthOf(content), currency, coupons, checkout, openedAt },
    ...{ orderedAt: ordered?.at ?? null, number: ordered?.number ?? null },
    ...{ version, createdAt, updatedAt },
  };
};

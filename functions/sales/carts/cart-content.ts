import * as z from 'zod';
import type { CartLine } from '../../../events/cart.ts';
import { Currency } from '../../../events/money.ts';
import { Instant } from '../../shared/http/contract.ts';
import type { Json } from '../../shared/json.ts';
import { minus } from '../../shared/time/duration.ts';
import { moneyIn, number, orderNumberOf, productsOf, skuOf, text } from '../orders/tracked-order.ts';

const Product = z.object({
  sku: z.string(),
  name: z.string().optional(),
  quantity: z.number().optional(),
  price: z.number().optional(),
});
type Product = z.output<typeof Product>;

const Does = z.enum(['add', 'remove', 'set', 'step', 'coupon', 'uncoupon', 'order']);

/** what one call did to a cart */
export const CartStep = z.object({
  id: z.string(),
  at: Instant,
  does: Does,
  products: z.array(Product).optional(),
  currency: z.string().optional(),
  /** a step of the checkout, a coupon, or the number of an order */
  text: z.string().optional(),
});
export type CartStep = z.output<typeof CartStep>;

/** what is in a cart; `orders`: how many it became before, which tells one cart of a customer from the next */
export const Content = z.object({
  products: z.array(Product),
  currency: z.string().nullable(),
  coupons: z.array(z.string()),
  checkout: z.string().nullable(),
  orders: z.int(),
  ordered: z.object({ at: Instant, number: z.string().nullable() }).nullable(),
  openedAt: Instant.nullable(),
});
export type Content = z.output<typeof Content>;

const does: Record<string, z.output<typeof Does>> = {
  'Product Added': 'add',
  'Product Removed': 'remove',
  'Cart Viewed': 'set',
  'Checkout Started': 'set',
  'Checkout Step Viewed': 'step',
  'Checkout Step Completed': 'step',
  'Payment Info Entered': 'step',
  'Coupon Applied': 'coupon',
  'Coupon Removed': 'uncoupon',
  'Order Completed': 'order',
};

const most = { products: 100, name: 200, quantity: 1_000_000 };

const short = (value: unknown) => text(value).slice(0, most.name);

const productOf = (given: Json): Product[] => {
  const sku = skuOf(given).slice(0, 100);
  if (!sku) return [];
  const [quantity, price] = [number(given.quantity), number(given.price)];
  return [
    {
      sku,
      ...(text(given.name) ? { name: short(given.name) } : {}),
      ...(quantity !== undefined && quantity >= 0 && quantity <= most.quantity ? { quantity } : {}),
      ...(price !== undefined && price >= 0 && price <= 1e9 ? { price } : {}),
    },
  ];
};

type Call = { id: string; occurredAt: string; data: { event: string; properties: Json } };

const namesIn = ({ event, properties }: Call['data'], does: CartStep['does']) => {
  if (does === 'order') return orderNumberOf({ properties });
  if (does === 'coupon' || does === 'uncoupon')
    return short(properties.coupon_id ?? properties.coupon_name ?? properties.coupon);
  if (event === 'Checkout Started') return 'started';
  if (event === 'Payment Info Entered') return 'payment';
  const done = event === 'Checkout Step Completed' ? 'completed' : 'viewed';
  return does === 'step' ? `step ${short(properties.step ?? properties.step_name) || '?'} ${done}` : '';
};

/** What a call does to a cart; nothing where it names no product or coupon. */
export const stepOf = ({ id, occurredAt: at, data }: Call): CartStep | undefined => {
  const { event, properties } = data;
  const kind = does[event];
  if (!kind) return undefined;
  const single = kind === 'add' || kind === 'remove';
  const given = single && !productsOf(properties).length ? [properties] : productsOf(properties);
  const products = given.flatMap(productOf).slice(0, most.products);
  if (single && !products.length) return undefined;
  const currency = Currency.safeParse(properties.currency).data;
  const name = namesIn(data, kind);
  if ((kind === 'coupon' || kind === 'uncoupon') && !name) return undefined;
  // a page of the cart that names no products shows nothing of it
  const isShown = single || (Array.isArray(properties.products) && kind !== 'coupon' && kind !== 'uncoupon');
  return {
    ...{ id, at, does: kind },
    ...(isShown ? { products } : {}),
    ...(currency ? { currency } : {}),
    ...(name ? { text: name } : {}),
  };
};

const emptyCart = (orders = 0): Content => ({
  ...{ products: [], currency: null, coupons: [], checkout: null },
  ...{ orders, ordered: null, openedAt: null },
});

const put = (products: Product[], product: Product): Product[] => {
  const others = products.filter(({ sku }) => sku !== product.sku);
  const isThere = others.length < products.length;
  if (product.quantity === 0) return others;
  if (!isThere) return [...others, product].slice(0, most.products);
  return products.map(one => (one.sku === product.sku ? { ...one, ...product } : one));
};

/** a list may name a product twice */
const listed = (given: Product[]) =>
  given.reduce<Product[]>((all, { quantity = 1, ...product }) => {
    const there = all.find(({ sku }) => sku === product.sku)?.quantity ?? 0;
    return put(all, { ...product, quantity: Math.min(most.quantity, there + quantity) });
  }, []);

const changed = (products: Product[], { does, products: given = [] }: CartStep): Product[] =>
  given.reduce((all, { quantity, ...product }) => {
    const there = all.find(({ sku }) => sku === product.sku)?.quantity ?? 0;
    if (does === 'add') return put(all, { ...product, quantity: Math.min(most.quantity, there + (quantity ?? 1)) });
    // who removes a product without saying how many removes it
    const left = there - (quantity ?? there);
    return left > 0 ? put(all, { sku: product.sku, quantity: left }) : put(all, { sku: product.sku, quantity: 0 });
  }, products);

const after = (before: Content, step: CartStep): Content => {
  const { does, at, currency, products, text: name } = step;
  const isNext = before.ordered !== null && does !== 'order';
  // a page of the checkout that is shown after the order opens no other cart
  if (isNext && does !== 'add' && !(does === 'set' && products?.length)) return before;
  const content = isNext ? emptyCart(before.orders + 1) : before;
  const known = { ...content, currency: currency ?? content.currency, openedAt: content.openedAt ?? at };
  switch (does) {
    case 'add':
    case 'remove':
      return { ...known, products: changed(known.products, step) };
    case 'set':
      return { ...known, products: products ? listed(products) : known.products, checkout: name ?? known.checkout };
    case 'step':
      return { ...known, checkout: name ?? null };
    case 'coupon':
      return { ...known, coupons: [...new Set([...known.coupons, name!])].slice(0, 20) };
    case 'uncoupon':
      return { ...known, coupons: known.coupons.filter(one => one !== name) };
    case 'order': {
      // what nobody put into a cart is an order, and no cart
      const ordering = products?.length && known.products.length ? listed(products) : known.products;
      return before.ordered ? before : { ...known, products: ordering, ordered: { at, number: name ?? null } };
    }
  }
};

/** steps, and the content that older ones left */
export const Folded = z.object({ base: Content, until: Instant.nullable(), steps: z.array(CartStep) });
export type Folded = z.output<typeof Folded>;

/** how late a step may come and still be put where it belongs, and how many are remembered for that */
const remembered = { for: 'PT1H', steps: 20 };

const byTime = (a: CartStep, b: CartStep) => (a.at + a.id < b.at + b.id ? -1 : 1);

export const newCart = (): Folded => ({ base: emptyCart(), until: null, steps: [] });

export const contentOf = ({ base, steps }: Folded): Content => steps.reduce(after, base);

/** With another step, wherever it belongs. Whatever the order they come in, and however often, they come to the same. Pure. */
export const withStep = (before: Folded, step: CartStep): Folded => {
  const isOld = before.until !== null && step.at <= before.until;
  if (isOld || before.steps.some(({ id }) => id === step.id)) return before;
  const steps = [...before.steps, step].sort(byTime);
  const bound = minus(steps.at(-1)!.at, remembered.for);
  const surplus = steps.length - remembered.steps;
  const settled = steps.filter(({ at }, nth) => at < bound || nth < surplus);
  return {
    base: settled.reduce(after, before.base),
    until: settled.at(-1)?.at ?? before.until,
    steps: steps.slice(settled.length),
  };
};

export const linesOf = ({ products, currency }: Pick<Content, 'products' | 'currency'>): CartLine[] =>
  products.map(({ sku, name = sku, quantity = 1, price }) => ({
    ...{ sku, name, quantity },
    price: (currency && moneyIn(currency)(price)) || null,
  }));

/** the sum of the lines; null where a price or the currency is not known */
export const worthOf = (content: Content) => {
  const { currency } = content;
  const lines = linesOf(content);
  if (!currency || lines.some(({ price }) => !price)) return null;
  return {
    currency,
    amount: Math.round(lines.reduce((sum, { price, quantity }) => sum + price!.amount * quantity, 0)),
  };
};

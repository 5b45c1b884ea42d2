import { expect, test } from 'vitest';
import { contentOf, linesOf, newCart, stepOf, withStep, worthOf } from '../../functions/sales/carts/cart-content.ts';
import { track, tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

const shopping = async () => {
  const crm = await world();
  const shop = await tracker(crm);
  const id = await shop.customer();
  const carts = async () => (await crm.ask('GET /v1/customers/{id}/carts', { params: { id } })).body.items;
  const did = async (event: string, properties: object, more = {}) => {
    await shop.post('/v1/track', track(event, { properties, ...more }));
    await shop.idle();
  };
  return { ...shop, id, carts, did };
};

const uno = { sku: 'uno', name: 'Uno', price: 3.5, currency: 'USD' };

test('a cart is what was added and removed, in the view until it is ordered; then another begins', async () => {
  const shop = await shopping();
  await shop.did('Product Added', { ...uno, quantity: 2 });
  await shop.did('Product Added', { product_id: 'go', price: '10' });
  await shop.did('Product Removed', { ...uno, quantity: 1 });
  await shop.did('Coupon Applied', { coupon_id: 'may' });
  await shop.did('Checkout Step Viewed', { step: 2 });
  const [cart, ...others] = await shop.carts();
  expect(others).toEqual([]);
  expect(cart).toMatchObject({
    ...{ status: 'open', cartId: null, currency: 'USD', coupons: ['may'], checkout: 'step 2 viewed' },
    value: { amount: 1350, currency: 'USD' },
    lines: [
      { sku: 'uno', name: 'Uno', quantity: 1, price: { amount: 350 } },
      { sku: 'go', quantity: 1 },
    ],
  });
  const view = async () => (await shop.ask('GET /v1/customers/{id}/view', { params: { id: shop.id } })).body.carts;
  expect(await view()).toMatchObject([{ id: cart.id }]);
  expect(await shop.events(shop.id, 'cart.changed')).toHaveLength(5);
  await shop.did('Order Completed', { order_id: 'o-1', currency: 'USD', total: 13.5 });
  expect(await shop.carts()).toMatchObject([{ id: cart.id, status: 'ordered', number: 'o-1' }]);
  expect(await view()).toEqual([]);
  expect(await shop.events(shop.id, 'cart.ordered')).toMatchObject([{ about: cart.id, data: { number: 'o-1' } }]);
  await shop.did('Product Added', uno);
  const [next] = await shop.carts();
  expect(next).toMatchObject({ status: 'open', lines: [{ sku: 'uno', quantity: 1 }] });
  expect(next.id).not.toBe(cart.id);
});

test('an order that names no cart closes all, also one that is reported after it', async () => {
  const shop = await shopping();
  const at = async (minutes: number) => new Date(Date.parse(await shop.now()) - minutes * 60_000).toISOString();
  await shop.did('Product Added', { ...uno, cart_id: 'c-1' }, { timestamp: await at(9) });
  const early = await at(8);
  await shop.did('Order Completed', { order_id: 'o-1', currency: 'USD', total: 3.5 }, { timestamp: await at(5) });
  await shop.did('Product Added', { ...uno, cart_id: 'c-2' }, { timestamp: early });
  await shop.did('Product Added', { ...uno, cart_id: 'c-3' }, { timestamp: await at(1) });
  const states = (await shop.carts()).map(({ cartId, status }: Record<string, string>) => `${cartId} ${status}`);
  expect(states.sort()).toEqual(['c-1 ordered', 'c-2 ordered', 'c-3 open']);
});

test('a merge brings the cart along, and its undoing takes it back', async () => {
  const shop = await shopping();
  const other = await shop.customer({ externalId: 'u-2', givenName: 'Eve' });
  await shop.did('Product Added', uno, { userId: 'u-2' });
  await shop.ask('POST /v1/customers/{id}/merge', { params: { id: shop.id }, body: { from: other } });
  await shop.idle();
  expect(await shop.carts()).toMatchObject([{ lines: [{ sku: 'uno' }] }]);
  await shop.ask('POST /v1/customers/{id}/unmerge', { params: { id: shop.id }, body: { from: other } });
  await shop.idle();
  expect(await shop.carts()).toEqual([]);
});

const numbers = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % below;
};

test('steps come to the same cart in whatever order they come, and however often', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const number = numbers(seed);
    const kinds = [
      'Product Added',
      'Product Added',
      'Product Removed',
      'Cart Viewed',
      'Coupon Applied',
      'Order Completed',
    ];
    const steps = Array.from({ length: 2 + number(12) }, (_, nth) => {
      const product = { sku: `s${number(3)}`, ...(number(2) ? { quantity: 1 + number(3) } : {}), price: 2 };
      const event = kinds[number(kinds.length)]!;
      const many = event === 'Cart Viewed' || event === 'Order Completed' ? { products: [product, product] } : product;
      const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, number(50))).toISOString();
      return stepOf({
        id: `evt_${nth}`,
        occurredAt,
        data: { event, properties: { ...many, coupon: 'x', currency: 'EUR' } },
      });
    }).filter(step => step !== undefined);
    const shuffled = [...steps, ...steps].map(step => [number(1000), step] as const).sort(([a], [b]) => a - b);
    const inOrder = contentOf(steps.reduce(withStep, newCart()));
    expect(contentOf(shuffled.map(([, step]) => step).reduce(withStep, newCart())), `seed ${seed}`).toEqual(inOrder);
    const worth = worthOf(inOrder)?.amount ?? 0;
    expect(worth).toBe(linesOf(inOrder).reduce((sum, { quantity }) => sum + quantity * 200, 0));
  }
});

test('a cart whose products have no currency has no value, and nothing is made of what names no product', () => {
  const step = (event: string, properties: object) =>
    stepOf({ id: event, occurredAt: '2026-01-01T00:00:00.000Z', data: { event, properties: properties as never } });
  expect(step('Product Added', { price: 1 })).toBeUndefined();
  expect(step('Coupon Applied', {})).toBeUndefined();
  expect(step('Product Viewed', uno)).toBeUndefined();
  const content = contentOf(withStep(newCart(), step('Product Added', { sku: 'a', price: 'NaN', quantity: -1 })!));
  expect([linesOf(content), worthOf(content)]).toEqual([[{ sku: 'a', name: 'a', quantity: 1, price: null }], null]);
});

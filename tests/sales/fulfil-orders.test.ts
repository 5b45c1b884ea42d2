import fc from 'fast-check';
import { expect, test } from 'vitest';
import { worthOf } from '../../functions/sales/orders/fulfil.ts';
import type { Order } from '../../functions/sales/orders/order.ts';
import { type Body, each, shop } from '../commerce/shop-world.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

const selling = async () => {
  const crm = await shop();
  const customerId = await crm.person();
  const order = async (lines: [sku: string, quantity: number, price: number][], total: number, more: Body = {}) => {
    const all = lines.map(([sku, quantity, price]) => ({ sku, name: sku, quantity, price: euros(price) }));
    const body = { customerId, number: `N-${Math.random()}`, lines: all, total: euros(total), ...more };
    return (await crm.ask('POST /v1/orders', { body })).body.id as string;
  };
  const tell = (id: string, verb: string, lines?: [string, number][], more: Body = {}) => {
    const units = lines?.map(([sku, quantity]) => ({ sku, quantity }));
    return crm.at(`POST /v1/orders/{id}/${verb}`, id, { body: { ...(units && { lines: units }), ...more } });
  };
  return { ...crm, customerId, order, tell };
};

const linesOf = ({ lines }: { lines: Body[] }) =>
  lines.map(({ delivered, returned, cancelled }) => [delivered, returned, cancelled]);

test('an order is delivered in parts, and the rest is on back-order until it comes', async () => {
  const crm = await selling();
  const id = await crm.order(
    [
      ['A', 3, 1000],
      ['B', 1, 500],
    ],
    3500,
  );
  const some = await crm.tell(id, 'deliver', [['A', 2]], { restExpectedOn: '2099-01-01' });
  expect([some.status, some.body.status, linesOf(some.body)]).toEqual([
    200,
    'partlyDelivered',
    [
      [2, 0, 0],
      [0, 0, 0],
    ],
  ]);
  expect(some.body.restExpectedOn).toBe('2099-01-01');
  expect(
    await crm.badFields(
      crm.tell(id, 'deliver', [
        ['A', 2],
        ['X', 1],
      ]),
    ),
  ).toEqual([422, 'lines.0.quantity', 'lines.1.sku']);
  const all = await crm.tell(id, 'deliver');
  expect([all.body.status, linesOf(all.body), all.body.restExpectedOn]).toEqual([
    'delivered',
    [
      [3, 0, 0],
      [1, 0, 0],
    ],
    undefined,
  ]);
  expect(await crm.refused(crm.tell(id, 'deliver'))).toEqual([409, 'order.closed']);
  expect(await crm.refused(crm.tell(id, 'cancel'))).toEqual([409, 'order.closed']);
  const patched = (status: string) => crm.at('PATCH /v1/orders/{id}', id, { body: { status } });
  expect(await crm.refused(patched('placed'))).toEqual([409, 'order.closed']);
  expect((await crm.badFields(patched('delivered')))[0]).toBe(422);
  expect((await patched('completed')).body.status).toBe('completed');
});

test('what is returned is refunded by its exact share, and everything is the whole total', async () => {
  const crm = await selling();
  const id = await crm.order([['A', 3, 1000]], 1000, { shipping: euros(100) });
  expect(await crm.refused(crm.tell(id, 'return'))).toEqual([409, 'order.closed']);
  await crm.tell(id, 'deliver');
  const back = async () => {
    const { body } = await crm.tell(id, 'return', [['A', 1]], { reason: 'too small' });
    return [body.refunded.amount, body.lines[0].returned, body.status];
  };
  expect([await back(), await back(), await back()]).toEqual([
    [300, 1, 'delivered'],
    [600, 2, 'delivered'],
    [1000, 3, 'delivered'],
  ]);
  expect(await crm.refused(crm.tell(id, 'return'))).toEqual([409, 'order.closed']);
  const types = await crm.timeline(crm.customerId);
  expect(types.filter(type => type === 'order.returned')).toHaveLength(3);
});

test('what is not delivered is cancelled, as a whole or in part', async () => {
  const crm = await selling();
  const whole = await crm.order([['A', 2, 1000]], 2000);
  expect((await crm.tell(whole, 'cancel', undefined, { reason: 'sold out' })).body).toMatchObject({
    status: 'cancelled',
  });
  expect(await crm.refused(crm.tell(whole, 'deliver'))).toEqual([409, 'order.closed']);
  const part = await crm.order([['A', 2, 1000]], 2000);
  await crm.tell(part, 'deliver', [['A', 1]]);
  expect((await crm.tell(part, 'cancel')).body).toMatchObject({
    ...{ status: 'delivered', refunded: { amount: 1000 } },
    lines: [{ delivered: 1, cancelled: 1 }],
  });
});

test('shares of a total add up to it, whatever comes back in which order', () => {
  const line = fc.record({ quantity: fc.integer({ min: 1, max: 7 }), price: fc.integer({ min: 0, max: 5000 }) });
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 5 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (parts, share) => {
        const sum = parts.reduce((all, { quantity, price }) => all + quantity * price, 0);
        const lines = parts.map(({ quantity, price }) => ({ sku: 'A', name: 'A', quantity, price: euros(price) }));
        const order = { lines, total: euros(Math.floor(sum * share)), status: 'placed' } as unknown as Order;
        const counts = parts.map(() => 0);
        let before = 0;
        let total = 0;
        for (const [nth, { quantity }] of parts.entries())
          for (let unit = 0; unit < quantity; unit++) {
            counts[nth]!++;
            const worth = worthOf(order, counts);
            expect(worth).toBeGreaterThanOrEqual(before);
            total += worth - before;
            before = worth;
          }
        expect(total).toBe(order.total.amount);
      },
    ),
  );
});

test('a delivery is billed with it where the company says so, each part once, and never past the credit limit', async () => {
  const crm = await selling();
  const settings = { invoice: 'onDelivery', dueIn: 'P14D' };
  expect((await crm.ask('PUT /v1/settings/orders', { body: settings })).body).toMatchObject(settings);
  await crm.ask('PUT /v1/number-series/{id}', {
    params: { id: 'invoice' },
    body: { prefix: 'R-', digits: 3, startsAt: 7 },
  });
  await crm.ask('POST /v1/invoices', {
    body: {
      customerId: crm.customerId,
      number: 'R-008',
      total: euros(1),
      issuedOn: '2026-01-01',
      dueOn: '2099-01-01',
      status: 'paid',
    },
  });
  const limit = (amount: number) =>
    crm.at('PUT /v1/customers/{id}/credit', crm.customerId, { body: { limit: euros(amount) } });
  await limit(2500);
  const id = await crm.order([['A', 3, 1000]], 3000);
  const some = await crm.tell(id, 'deliver', [['A', 2]]);
  expect([some.status, some.body.invoiced]).toEqual([200, euros(2000)]);
  const over = await crm.tell(id, 'deliver');
  expect([over.status, over.body.code, over.body.open, over.body.amount]).toEqual([
    409,
    'order.credit-exceeded',
    euros(2000),
    euros(1000),
  ]);
  await limit(3000);
  expect((await crm.tell(id, 'deliver')).body.invoiced).toEqual(euros(3000));
  const { body } = await crm.ask('GET /v1/invoices', { query: { customerId: crm.customerId } });
  const issued = body.items.filter(({ orderId }: Body) => orderId === id);
  expect(issued.map(({ number, total }: Body) => [number, total])).toEqual(
    expect.arrayContaining([
      ['R-007', euros(2000)],
      ['R-009', euros(1000)],
    ]),
  );
  expect(await crm.refused(crm.tell(id, 'invoice'))).toEqual([409, 'order.nothing-to-bill']);
});

test('an order at the prices of the catalogue is paid by gift cards, which get it back when it is cancelled', async () => {
  const crm = await selling();
  await crm.product({ sku: 'A' });
  await crm.book('list', { prices: [each('10.00')] });
  const card = (await crm.ask('POST /v1/gift-cards', { body: { amount: euros(1500) } })).body;
  const place = (more: Body = {}) =>
    crm.ask('POST /v1/orders', {
      body: {
        customerId: crm.customerId,
        currency: 'EUR',
        country: 'FR',
        lines: [{ sku: 'A', quantity: 2 }],
        codes: [card.code],
        ...more,
      },
    });
  const made = await place();
  expect([made.status, made.body.number.slice(0, 2), made.body.total, made.body.due]).toEqual([
    201,
    'O-',
    euros(2000),
    euros(500),
  ]);
  expect(made.body.payments).toEqual([{ giftCardId: card.id, ending: card.ending, amount: 1500 }]);
  expect((await crm.at('GET /v1/gift-cards/{id}', card.id)).body.left).toBe(0);
  await crm.tell(made.body.id, 'deliver', [['A', 1]]);
  expect(await crm.refused(crm.tell(made.body.id, 'invoice'))).toEqual([409, 'order.nothing-to-bill']);
  const other = (await place({ codes: [] })).body.id;
  await crm.tell(other, 'cancel');
  await crm.at('POST /v1/gift-cards/{id}/refund', card.id, { body: { reference: made.body.id } });
  const again = await place();
  await crm.tell(again.body.id, 'cancel');
  expect((await crm.at('GET /v1/gift-cards/{id}', card.id)).body.left).toBe(1500);
  expect(await crm.badFields(place({ total: euros(1) }))).toEqual([422, 'total']);
  expect(await crm.badFields(place({ currency: undefined, codes: undefined }))).toContain(422);
});

test('what comes back after it was billed is credited once: less is open, gift cards get their share, no number is lost', async () => {
  const crm = await selling();
  await crm.product({ sku: 'A' });
  await crm.book('list', { prices: [each('10.01')] });
  const card = (await crm.ask('POST /v1/gift-cards', { body: { amount: euros(1000) } })).body;
  const { customerId } = crm;
  const asked = { customerId, currency: 'EUR', country: 'FR', lines: [{ sku: 'A', quantity: 3 }], codes: [card.code] };
  const { id } = (await crm.ask('POST /v1/orders', { body: asked })).body;
  const left = async () => (await crm.at('GET /v1/gift-cards/{id}', card.id)).body.left;
  const open = async () => (await crm.at('GET /v1/customers/{id}/finance', customerId)).body.openAmount;
  await crm.tell(id, 'deliver');
  const [invoiceId] = (await crm.tell(id, 'invoice')).body.invoices;
  expect([await open(), await left()]).toEqual([{ EUR: 2003 }, 0]);
  const back = await Promise.all([crm.tell(id, 'return', [['A', 1]]), crm.tell(id, 'return', [['A', 3]])]);
  expect(back.some(({ status }) => status === 200)).toBe(true);
  const { body: order } = await crm.at('GET /v1/orders/{id}', id);
  const cardBack = order.payments[0].refunded;
  expect(cardBack).toBe(Math.floor((1000 * order.refunded.amount) / 3003));
  expect(order.credited.amount + cardBack).toBe(order.refunded.amount);
  expect([(await open()).EUR ?? 0, await left()]).toEqual([2003 - order.credited.amount, cardBack]);
  if (order.refunded.amount < 3003) {
    const payment = { amount: euros(1000), paidOn: '2026-01-01', reference: 'b-1' };
    await crm.at('POST /v1/invoices/{id}/payments', invoiceId, { body: payment });
    await crm.tell(id, 'return');
  }
  expect([await open(), await left()]).toEqual([{}, 1000]);
  const { body: invoice } = await crm.at('GET /v1/invoices/{id}', invoiceId);
  expect([invoice.balance, invoice.credited, invoice.status]).toEqual([
    euros(0),
    2003,
    invoice.paid ? 'paid' : 'cancelled',
  ]);
  for (const query of [{ customerId }, { orderId: id }] as Record<string, string>[]) {
    const { items } = (await crm.ask('GET /v1/credit-notes', { query })).body;
    const numbers = items.map(({ number }: Body) => String(number).slice(7)).sort();
    expect(numbers).toEqual(['00001', '00002'].slice(0, items.length));
    const sum = (of: (note: Record<string, { amount: number }>) => number) =>
      items.reduce((all: number, note: Record<string, { amount: number }>) => all + of(note), 0);
    expect([sum(note => note.total!.amount), sum(note => note.repay!.amount)]).toEqual([2003, invoice.paid]);
    expect(items[0].invoices[0].id).toBe(invoiceId);
  }
  expect(await crm.timeline(customerId)).toContain('credit-note.issued');
  expect(await crm.badFields(crm.ask('GET /v1/credit-notes'))).toEqual([422, 'customerId']);
});

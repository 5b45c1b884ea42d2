import { expect, test } from 'vitest';
import { portal } from '../portal/portal-world.ts';
import { type Body, each, shop } from './shop-world.ts';

const one = { lines: [{ sku: 'A', quantity: 1 }] };

test('a price is explained line by line, with discounts, tax and what is due', async () => {
  const crm = await shop();
  await crm.tax('vat', {});
  const made = await crm.book('list', {
    prices: [
      each('10.00'),
      {
        sku: 'B',
        model: 'graduated',
        tiers: [
          { upTo: 10, unit: '1' },
          { upTo: null, unit: '0.5' },
        ],
      },
    ],
    promotions: [{ id: 'ten', code: 'ten10', off: { percent: 10 } }],
  });
  expect([made.status, made.headers.get('location'), made.body.version]).toEqual([201, '/v1/price-books/list', 1]);
  const lines = [
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: '12.5' },
  ];
  const { status, body } = await crm.price({ country: 'de', lines, codes: [' TEN10 '] });
  expect([status, body.net, body.tax, body.gross, body.due, body.payments]).toEqual([200, 3713, 705, 4418, 4418, []]);
  expect(body.lines[0]).toMatchObject({
    ...{ sku: 'A', quantity: 3, unit: 1000, list: 3000, net: 2700, tax: 513, gross: 3213, priceBooks: ['list'] },
    discounts: [{ id: 'ten', code: 'TEN10', amount: 300 }],
    taxes: [{ id: 'vat', amount: 513 }],
  });
  expect(body.lines[0].steps.map(({ kind, amount }: Body) => [kind, amount])).toEqual([
    ['price', '30'],
    ['promotion', '27'],
    ['tax', '32.13'],
  ]);
  expect(body.lines[1]).toMatchObject({ quantity: '12.5', unit: 90, net: 1013 });
  const without = await crm.price({ lines });
  expect([without.body.country, without.body.tax, without.body.promotions]).toEqual([null, 0, []]);
});

test('the book that counts is in force, matches the customer and the channel, and has the lowest rank', async () => {
  const crm = await shop();
  const customerId = await crm.person({ address: { country: 'SG' }, attributes: { tier: 'gold' } });
  await crm.book('list', { prices: [each(100)] });
  await crm.book('web', { rank: 50, prices: [each(90)], match: { attribute: 'channel', is: 'web' } });
  await crm.book('gold', { rank: 10, prices: [each(80)], match: { attribute: 'attributes.tier', is: 'gold' } });
  await crm.book('sg', { rank: 20, prices: [each(85)], match: { attribute: 'address.country', is: 'SG' } });
  await crm.book('old', { rank: 0, prices: [each(1)], from: '2020-01-01', to: '2021-01-01T00:00:00Z' });
  await crm.tax('gst', { country: 'SG', rate: 9 });
  const net = async (more: Body) => (await crm.price({ ...one, ...more })).body.net;
  expect(await net({})).toBe(10000);
  expect(await net({ channel: 'web' })).toBe(9000);
  expect(await net({ customerId, channel: 'web' })).toBe(8000);
  expect((await crm.price({ ...one, customerId })).body).toMatchObject({ country: 'SG', tax: 720 });
  expect(await net({ at: '2020-01-01T00:00:00Z' })).toBe(100);
  expect(await net({ at: '2020-12-31T23:59:59.999Z' })).toBe(100);
  expect(await net({ at: '2021-01-01T00:00:00Z' })).toBe(10000);
  expect((await crm.ask('DELETE /v1/price-books/{id}', { params: { id: 'gold' } })).status).toBe(200);
  expect(await net({ customerId })).toBe(8500);
});

test('a large book is replaced as a whole, and each sku finds its price', async () => {
  const crm = await shop();
  const tiers = Array.from({ length: 20 }, (_, nth) => ({ upTo: nth + 1, unit: '1.000001' }));
  const many = (unit: number) =>
    Array.from({ length: 300 }, (_, nth) => ({
      ...{ sku: `SKU-${nth}`, model: 'graduated' },
      tiers: [...tiers, { upTo: null, unit, flat: nth }],
    }));
  await crm.book('list', { prices: many(1) });
  const lines = [0, 7, 150, 299].map(nth => ({ sku: `SKU-${nth}`, quantity: 21 }));
  const units = async () => (await crm.price({ lines })).body.lines.map(({ net }: Body) => net);
  expect(await units()).toEqual([2100, 2800, 17100, 32000]);
  const again = await crm.book('list', { prices: many(2) });
  expect([again.status, again.body.version, again.body.prices.length]).toEqual([200, 2, 300]);
  expect(await units()).toEqual([2200, 2900, 17200, 32100]);
  expect((await crm.book('list', { prices: many(2) })).body.version).toBe(2);
  const { body } = await crm.ask('GET /v1/price-books/{id}', { params: { id: 'list' } });
  expect(body.prices.find(({ sku }: Body) => sku === 'SKU-42').tiers.at(-1)).toEqual({ upTo: null, unit: 2, flat: 42 });
  const [shown] = (await crm.ask('GET /v1/price-books')).body.items;
  expect([shown.skus, shown.prices]).toEqual([300, undefined]);
});

test('two books of one rank cannot price the same sku at the same time', async () => {
  const crm = await shop();
  await crm.book('a', { prices: [each(1), each(2, 'B')], to: '2027-01-01' });
  const rival = { prices: [each(3, 'C'), each(1, 'B')] };
  expect(await crm.badFields(crm.book('b', rival))).toEqual([422, 'prices.1.sku']);
  const match = { attribute: 'channel', is: 'web' };
  expect(await crm.badFields(crm.book('b', { ...rival, match }))).toEqual([422, 'prices.1.sku']);
  for (const apart of [{ rank: 99 }, { currency: 'SGD' }, { from: '2027-01-01' }, { prices: [each(3, 'C')] }])
    expect((await crm.book('b', { ...rival, ...apart })).status).toBeLessThan(300);
  const both = (id: string, attribute: string) =>
    crm.book(id, { rank: 1, prices: [each(9)], match: { attribute, is: 'x' } });
  expect([(await both('c', 'channel')).status, (await both('d', 'region')).status]).toEqual([201, 201]);
  const asked = (more: Body) => crm.price({ ...one, ...more });
  expect((await asked({ channel: 'x' })).body.net).toBe(900);
  expect(await crm.badFields(asked({ channel: 'x', region: 'x' }))).toEqual([422, 'lines.0.sku']);
});

test('prices of another currency are converted by the rate of the day; without one the price is refused', async () => {
  const crm = await shop();
  await crm.book('list', { prices: [each('10.00')], promotions: [{ id: 'p', off: { amount: '1' } }], floor: '9.5' });
  const rates = (body: Body) => crm.ask('PUT /v1/exchange-rates', { body });
  expect((await rates({ date: '2026-12-01', base: 'EUR', rates: { JPY: '176.5', KWD: 0.35 } })).status).toBe(201);
  const at = '2026-12-01T15:00:00Z';
  const price = (currency: string, when = at) => crm.price({ ...one, currency, at: when });
  expect((await price('JPY')).body).toMatchObject({ gross: 1588, lines: [{ belowFloor: true, unit: 1765 }] });
  expect((await price('KWD')).body.gross).toBe(3150);
  expect(await crm.badFields(price('JPY', '2026-12-02'))).toEqual([422, 'currency']);
  expect(await crm.badFields(price('USD'))).toEqual([422, 'currency']);
  await crm.book('yen', { currency: 'JPY', rank: 900, prices: [each('20')] });
  expect((await price('JPY', '2026-12-02')).body.gross).toBe(20);
  await rates({ date: '2026-12-03', base: 'USD', rates: { EUR: '0.8', GBP: '0.7' } });
  expect((await price('GBP', '2026-12-03')).body.gross).toBe(787);
  const bad = rates({ date: 'soon', base: 'EUR', rates: { EUR: 1, XXX: 2, SGD: 0 } });
  expect((await crm.badFields(bad))[0]).toBe(422);
});

test('gift cards pay after discounts, and are redeemed once by reference', async () => {
  const crm = await shop();
  await crm.book('list', { prices: [each(30)], promotions: [{ id: 'p', off: { percent: 50 } }] });
  const issue = async (amount: number, more: Body = {}) =>
    (await crm.ask('POST /v1/gift-cards', { body: { amount: { amount, currency: 'EUR' }, ...more } })).body;
  const [small, large] = [await issue(1000), await issue(2000)];
  const price = (codes: string[], more: Body = {}) => crm.price({ ...one, codes, ...more });
  const { body } = await price([small.code.toLowerCase(), large.code]);
  expect(body).toMatchObject({
    ...{ gross: 1500, due: 0 },
    payments: [
      { code: small.code, amount: 1000, left: 0 },
      { code: large.code, amount: 500, left: 1500 },
    ],
  });
  expect((await price([small.code])).body.due).toBe(500);
  expect(await crm.badFields(price(['NOPE', small.code, small.code]))).toEqual([422, 'codes.2']);
  expect(await crm.badFields(price(['NOPE', small.code]))).toEqual([422, 'codes.0']);
  const expired = await issue(500, { expiresOn: '2020-01-01' });
  expect(await crm.badFields(price([expired.code]))).toEqual([422, 'codes.0']);

  const redeem = (amount: number, reference = 'A-1', currency = 'EUR') =>
    crm.ask('POST /v1/gift-cards/redeem', { body: { code: small.code, amount: { amount, currency }, reference } });
  const both = await Promise.all([redeem(700), redeem(700)]);
  expect(both.map(({ status, body: card }) => [status, card.left])).toEqual([
    [200, 300],
    [200, 300],
  ]);
  expect(await crm.refused(redeem(600))).toEqual([409, 'gift-card.reference-taken']);
  expect(await crm.refused(redeem(301, 'A-2'))).toEqual([409, 'gift-card.not-enough']);
  expect(await crm.badFields(redeem(1, 'A-3', 'SGD'))).toEqual([422, 'amount.currency']);
  const refund = (reference: string) =>
    crm.ask('POST /v1/gift-cards/{id}/refund', { params: { id: small.id }, body: { reference } });
  expect([(await refund('A-1')).body.left, (await refund('A-1')).body.left]).toEqual([1000, 1000]);
  expect(await crm.badFields(refund('A-9'))).toEqual([422, 'reference']);
  const { items } = (await crm.ask('GET /v1/gift-cards/{id}/postings', { params: { id: small.id } })).body;
  expect(items.map(({ amount }: { amount: number }) => amount).reduce((a: number, b: number) => a + b)).toBe(1000);
  const shown = await crm.ask('GET /v1/gift-cards/{id}', { params: { id: small.id } });
  expect([shown.body.code, shown.body.digest, shown.body.ending]).toEqual([undefined, undefined, small.code.slice(-4)]);
});

test('every bad part of a price book, a tax and a price is named', async () => {
  const crm = await shop();
  const price = (more: Body) => crm.badFields(crm.book('x', { prices: [{ sku: 'A', model: 'perUnit', ...more }] }));
  expect(await price({})).toEqual([422, 'prices.0.unit']);
  expect(await price({ unit: '-1' })).toEqual([422, 'prices.0.unit']);
  expect(await price({ unit: 1, tiers: [{ upTo: null, unit: 1 }] })).toEqual([422, 'prices.0.tiers']);
  expect(await price({ unit: 1, size: 10 })).toEqual([422, 'prices.0.size']);
  const tiers = [{ upTo: 10, unit: 1 }, { upTo: 5, unit: 1 }, { upTo: null }, { upTo: 20, unit: 1 }];
  expect(await price({ model: 'volume', tiers })).toEqual([
    ...[422, 'prices.0.tiers.1.upTo', 'prices.0.tiers.2.unit', 'prices.0.tiers.3.upTo'],
  ]);
  const book = (more: Body) => crm.badFields(crm.book('x', { prices: [each(1)], ...more }));
  expect(await book({ currency: 'XXX', rank: -1, from: 'now' })).toEqual([422, 'currency', 'rank', 'from']);
  expect(await book({ from: '2027-01-01', to: '2027-01-01' })).toEqual([422, 'to']);
  expect(await book({ prices: [each(1), each(2)] })).toEqual([422, 'prices.1.sku']);
  expect(await book({ prices: [] })).toEqual([422, 'prices']);
  expect(await book({ match: { attribute: 'chanel', is: 'web' } })).toEqual([422, 'match.attribute']);
  const promotion = (more: Body) => book({ promotions: [{ id: 'p', ...more }] });
  expect(await promotion({ off: {} })).toEqual([422, 'promotions.0.off']);
  expect(await promotion({ off: { percent: 101 } })).toEqual([422, 'promotions.0.off.percent']);
  expect(await promotion({ off: { amount: 1, max: 2 } })).toEqual([422, 'promotions.0.off.max']);
  expect(await promotion({ off: { buy: 1 } })).toEqual([422, 'promotions.0.off.free']);
  expect(await promotion({ off: { percent: 1 }, when: { minQuantity: 2, maxQuantity: 1 } })).toEqual([
    ...[422, 'promotions.0.when.maxQuantity'],
  ]);
  const twice = [1, 2].map(percent => ({ id: 'p', code: 'X1', off: { percent } }));
  expect(await book({ promotions: twice })).toEqual([422, 'promotions.1.id', 'promotions.1.code']);
  expect(await crm.badFields(crm.book('Not A Key', { prices: [each(1)] }))).toEqual([422, 'id']);
  expect(await crm.badFields(crm.tax('t', { rate: undefined }))).toEqual([422, 'rate']);
  expect(await crm.badFields(crm.tax('t', { kind: 'percentOfGross', rate: 100 }))).toEqual([422, 'rate']);
  expect(await crm.badFields(crm.tax('t', { kind: 'fixed' }))).toEqual([422, 'amount', 'currency', 'rate']);
  await crm.book('list', { prices: [each(1), { sku: 'T', model: 'volume', tiers: [{ upTo: 10, unit: 1 }] }] });
  const lines = [{ sku: 'B' }, { sku: 'T', quantity: 11 }, { sku: 'A', configuration: { x: 'y' } }];
  expect(await crm.badFields(crm.price({ lines }))).toEqual([
    ...[422, 'lines.0.sku', 'lines.1.quantity', 'lines.2.configuration'],
  ]);
  const nothing = crm.price({ lines: [{ sku: '', quantity: -1 }], currency: 'EURO', country: 'Germany', at: 'x' });
  expect(await crm.badFields(nothing)).toEqual([422, 'currency', 'at', 'country', 'lines.0.sku', 'lines.0.quantity']);
  const customerId = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
  expect(await crm.refused(crm.price({ ...one, customerId }))).toEqual([404, 'customer.not-found']);
});

test('a customer is told its own price and not the least one, and pays no other’s configuration', async () => {
  const crm = await shop();
  const { person, as } = portal(crm);
  const [ada, ben] = [await person({ attributes: { tier: 'gold' } }), await person()];
  await crm.book('list', { prices: [each(10, 'A', { floor: 99 })] });
  await crm.book('gold', {
    rank: 1,
    prices: [each(8, 'A', { floor: 99 })],
    match: { attribute: 'attributes.tier', is: 'gold' },
  });
  const body = { currency: 'EUR', ...one };
  const mine = await as(ada, 'POST /v1/me/price', { body });
  expect([mine.status, mine.body.gross, mine.body.belowFloor]).toEqual([200, 800, undefined]);
  expect(JSON.stringify(mine.body)).not.toMatch(/floor/i);
  expect((await as(ben, 'POST /v1/me/price', { body })).body.gross).toBe(1000);
  expect((await crm.price(one)).body).toMatchObject({ belowFloor: true, lines: [{ belowFloor: true }] });
  const analyst = await crm.tokenFor(['marketer']);
  expect((await crm.ask('POST /v1/price', { body, token: analyst })).status).toBe(403);
  const sales = await crm.tokenFor(['sales']);
  const put = crm.ask('PUT /v1/price-books/{id}', { params: { id: 'mine' }, body: { ...body, rank: 0 }, token: sales });
  expect((await put).status).toBe(403);
});

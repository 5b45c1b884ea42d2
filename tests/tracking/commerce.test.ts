import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { messageId, track, tracker } from './tracker.ts';

type Body = Record<string, unknown>;

const shopping = async () => {
  const crm = await world();
  const shop = await tracker(crm);
  const { body } = await crm.ask('POST /v1/write-keys', { body: { name: 'page', kind: 'public' } });
  return {
    ...shop,
    publicKey: body.key as string,
    orders: async (customerId: string): Promise<Body[]> =>
      (await crm.ask('GET /v1/orders', { query: { customerId } })).body.items,
    rejected: async (): Promise<Body[]> => (await crm.ask('GET /v1/rejected-events')).body.items,
    relationships: async (id: string): Promise<Body[]> =>
      (await crm.ask('GET /v1/customers/{id}/relationships', { params: { id } })).body.items,
    dropped: async () => (await crm.ask('GET /v1/tracking/dropped')).body.items[0],
  };
};

const properties = {
  order_id: 50314,
  currency: 'USD',
  total: 27.5,
  revenue: 25,
  shipping: 3,
  tax: 2,
  discount: 2.5,
  coupon: 'hasbros',
  products: [
    { product_id: '507f1f77', sku: '45790-32', name: 'Monopoly', price: 19, quantity: 1, category: 'Games' },
    { product_id: '505bd76785', sku: '46493-32', name: 'Uno', price: '3.00', quantity: 2 },
  ],
};

test('Order Completed by a server makes an order of its lines, once however often it is sent, and may be cancelled', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  for (const event of ['Product Added', 'Checkout Started', 'Order Updated', 'Order Completed', 'Order Completed']) {
    await shop.post('/v1/track', track(event, { properties }));
  }
  await shop.idle();
  const usd = (amount: number) => ({ amount, currency: 'USD' });
  expect(await shop.orders(id)).toMatchObject([
    {
      ...{
        number: '50314',
        status: 'completed',
        total: usd(2750),
        shipping: usd(300),
        tax: usd(200),
        coupon: 'hasbros',
      },
      lines: [
        { sku: '45790-32', name: 'Monopoly', quantity: 1, price: usd(1900) },
        { sku: '46493-32', name: 'Uno', quantity: 2, price: usd(300) },
      ],
    },
  ]);
  expect(await shop.events(id)).toHaveLength(5);
  expect(await shop.events(id, 'order.completed')).toHaveLength(1);
  await shop.post(
    '/v1/track',
    track('Order Refunded', { properties: { order_id: '50314', currency: 'USD', total: 5 } }),
  );
  await shop.idle();
  expect(await shop.orders(id)).toMatchObject([{ status: 'completed', refunded: usd(500) }]);
  expect(await shop.events(id, 'order.refunded')).toMatchObject([{ data: { amount: usd(500) } }]);
  await shop.post('/v1/track', track('Order Refunded', { properties: { order_id: '50314' } }));
  await shop.idle();
  expect(await shop.orders(id)).toMatchObject([{ status: 'cancelled' }]);
});

test('an order of a visitor who is identified a day later is made then', async () => {
  const shop = await shopping();
  await shop.post('/v1/track', track('Order Completed', { userId: 'u-9', properties }));
  await shop.idle();
  await shop.advance('P1D');
  await shop.post('/v1/identify', { userId: 'u-9', messageId: messageId(), traits: { email: 'nine@example.com' } });
  await shop.idle();
  const { id } = await shop.byExternalId('u-9');
  expect(await shop.orders(id)).toMatchObject([{ number: '50314' }]);
});

test('an order that cannot be read is listed with its faults, and a public key makes none', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  await shop.post('/v1/track', track('Order Completed', { properties }), { key: shop.publicKey });
  const { order_id: _, ...unnamed } = properties;
  await shop.post('/v1/track', track('Order Completed', { properties: unnamed }));
  await shop.post('/v1/track', track('Order Completed', { properties: { ...properties, currency: 'XYZ' } }));
  const { currency: __, ...bare } = properties;
  await shop.post('/v1/track', track('Order Completed', { properties: bare }));
  await shop.idle();
  expect(await shop.orders(id)).toEqual([]);
  expect(await shop.events(id)).toHaveLength(4);
  const faults = (await shop.rejected()).map(one => (one.faults as Body[])[0]?.path);
  expect(faults.sort()).toEqual(expect.arrayContaining(['currency', 'order_id']));
  expect(faults).toHaveLength(3);
});

test.for([
  [
    'UTM parameters',
    '?utm_source=news&utm_medium=email&utm_campaign=Spring%20sale',
    { source: 'news', medium: 'email', name: 'Spring sale' },
  ],
  ['a click id', '?gclid=Cj0K', { source: 'google', medium: 'cpc', gclid: 'Cj0K' }],
  ['both', '?utm_source=meta&fbclid=IwAR#top', { source: 'meta', fbclid: 'IwAR' }],
] as const)('%s of a page become its campaign, unless the call says another', async ([, query, campaign]) => {
  const shop = await shopping();
  const id = await shop.customer();
  const page = { url: `https://shop.example/${query}` };
  const said = { source: 'partner' };
  await shop.post('/v1/page', track('', { context: { page } }));
  await shop.post('/v1/page', track('', { properties: page }));
  await shop.post('/v1/page', track('', { context: { page, campaign: said } }));
  await shop.idle();
  const campaigns = (await shop.events(id, 'tracked.page')).map(({ data }) => data.context.campaign);
  expect(campaigns).toHaveLength(3);
  expect(campaigns).toEqual(expect.arrayContaining([campaign, expect.objectContaining(said)]));
});

test('calls by crawlers are not recorded but counted; those of apps and servers are no crawlers', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
  const from = (userAgent: string) => ({ headers: { origin: 'https://shop.example', 'user-agent': userAgent } });
  await shop.post('/v1/track', track('Crawled'), from(googlebot));
  await shop.post('/v1/track', track('Relayed', { context: { userAgent: googlebot } }));
  await shop.post('/v1/track', track('Seen'), from(chrome));
  await shop.post('/v1/track', track('Served'), { headers: { 'user-agent': 'axios/1.7' } });
  const app = { name: 'Shop', version: '1' };
  await shop.post('/v1/track', track('Tapped', { channel: 'mobile', context: { app } }), {
    headers: { 'user-agent': 'okhttp/4' },
  });
  await shop.idle();
  const names = (await shop.events(id)).map(({ data }) => data.event);
  expect(names.sort()).toEqual(['Seen', 'Served', 'Tapped']);
  expect(await shop.dropped()).toMatchObject({ calls: 2, reasons: { crawler: 2 } });
});

test('a group call relates a person to a known organisation and enriches it by the standing of its key', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  const company = { kind: 'organisation', name: 'Marina Fleet', externalId: 'fleet-7' };
  const fleet = (await shop.ask('POST /v1/customers', { body: company })).body.id;
  const group = (traits: Body) => ({ userId: 'u-1', groupId: 'fleet-7', messageId: messageId(), traits });
  await shop.post('/v1/group', group({ name: 'Evil Fleet', industry: 'Rental' }), { key: shop.publicKey });
  await shop.idle();
  expect(await shop.relationships(id)).toMatchObject([{ type: 'employer', with: fleet, claimed: true }]);
  const read = async () => (await shop.ask('GET /v1/customers/{id}', { params: { id: fleet } })).body;
  expect(await read()).toMatchObject({ name: 'Marina Fleet', attributes: { industry: 'Rental' } });
  const [enriched] = await shop.events(fleet, 'customer.updated');
  expect(enriched?.actor).toMatch(/^source:/);
  for (const employees of [40, 41]) await shop.post('/v1/group', group({ employees }));
  await shop.idle();
  const related = await shop.relationships(id);
  expect(related).toHaveLength(1);
  expect(related[0]?.claimed).toBeUndefined();
  expect(await read()).toMatchObject({ attributes: { industry: 'Rental', employees: 41 } });
  const junk = Object.fromEntries(Array.from({ length: 150 }, (_, nth) => [`t${nth}`, 'x']));
  await shop.post('/v1/group', group({ ...junk, address: { country: 'Singapore' } }));
  await shop.idle();
  expect(Object.keys((await read()).attributes)).toHaveLength(100);
  expect((await read()).address).toEqual({ country: 'SG' });
});

test('Order Updated changes an order, unless it is older than what is known; what is of no order is listed', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  const at = async (minutes: number) => new Date(Date.parse(await shop.now()) - minutes * 60_000).toISOString();
  const updated = (price: number) => ({ ...properties, total: price, products: [{ sku: 'a', price, quantity: 1 }] });
  const send = async (event: string, given: object, minutes: number) => {
    await shop.post('/v1/track', track(event, { properties: given, timestamp: await at(minutes) }));
    await shop.idle();
  };
  await send('Order Completed', properties, 9);
  await send('Order Updated', updated(30), 5);
  await send('Order Updated', updated(20), 7);
  expect(await shop.orders(id)).toMatchObject([
    { status: 'completed', total: { amount: 3000 }, lines: [{ sku: 'a' }] },
  ]);
  await send('Order Refunded', { order_id: 50314, products: [{ price: 4, quantity: 2 }] }, 1);
  expect(await shop.orders(id)).toMatchObject([{ status: 'completed', refunded: { amount: 800 } }]);
  await send('Order Refunded', { order_id: 50314, currency: 'EUR', total: 1 }, 1);
  expect(await shop.rejected()).toMatchObject([{ faults: [{ path: 'currency' }] }]);
});

test('a group call creates the organisation that nobody knows, once, and makes it the employer', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  const group = (traits: Body) => ({ userId: 'u-1', groupId: 'acme', messageId: messageId(), traits });
  await Promise.all([1, 2, 3].map(() => shop.post('/v1/group', group({ name: 'Acme', employees: 40 }))));
  await shop.idle();
  const acme = await shop.byExternalId('acme');
  expect(acme).toMatchObject({ kind: 'organisation', name: 'Acme', attributes: { employees: 40 } });
  expect(await shop.relationships(id)).toMatchObject([{ type: 'employer', with: acme.id }]);
  // whoever can know it takes over what only a public key named
  await shop.post('/v1/group', { ...group({ name: 'Evil' }), groupId: 'bank' }, { key: shop.publicKey });
  await shop.idle();
  expect((await shop.byExternalId('bank')).name).toBe('Evil');
  const bank = await shop.ask('POST /v1/customers', {
    body: { kind: 'organisation', name: 'Bank', externalId: 'bank' },
  });
  expect(bank.status).toBe(201);
  expect((await shop.byExternalId('bank')).name).toBe('Bank');
});

test('crawlers are flagged where a company says so, and what a browser says of all sites counts where it says so', async () => {
  const shop = await shopping();
  const id = await shop.customer();
  const rules = { crawlers: 'flag', signals: ['gpc'] };
  expect((await shop.ask('PUT /v1/settings/tracking', { body: rules })).status).toBe(200);
  await shop.advance('PT61S');
  const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
  const from = (headers: Record<string, string>) => ({ headers: { origin: 'https://shop.example', ...headers } });
  await shop.post('/v1/track', track('Crawled'), from({ 'user-agent': googlebot }));
  await shop.post('/v1/track', track('Refused'), from({ 'sec-gpc': '1' }));
  await shop.post('/v1/track', track('Seen'), from({ dnt: '1' }));
  await shop.idle();
  const events = await shop.events(id);
  expect(events.map(({ data }) => [data.event, data.context.bot])).toEqual([
    ['Crawled', true],
    ['Seen', undefined],
  ]);
  expect(await shop.dropped()).toMatchObject({ reasons: { 'refused by the browser: gpc': 1 } });
  expect((await shop.ask('GET /v1/customers/{id}/sessions', { params: { id } })).body.items).toEqual([]);
});

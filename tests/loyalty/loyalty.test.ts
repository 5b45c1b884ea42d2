import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { type Told, world } from '../world.ts';

const ok = ({ status, body }: Told) => {
  expect(status, JSON.stringify(body)).toBeLessThan(300);
  return body;
};

type Body = Record<string, unknown>;

const programme = async (fields: Body = {}) => {
  const crm = slice(await world());
  const put = (more: Body) =>
    crm.ask('PUT /v1/programmes/{id}', { params: { id: 'miles' }, body: { currencyName: 'miles', ...more } });
  ok(await put(fields));
  const { id } = await crm.customer();
  const post = (verb: string, body: Body, customerId = id) =>
    crm.ask(`POST /v1/programmes/{id}/members/{customerId}/${verb}`, { params: { id: 'miles', customerId }, body });
  const read = async (customerId = id) =>
    ok(await crm.ask('GET /v1/programmes/{id}/members/{customerId}', { params: { id: 'miles', customerId } }));
  const ledger = async (query: Record<string, string> = {}) =>
    ok(await crm.ask('GET /v1/programmes/{id}/ledger', { params: { id: 'miles' }, query: { limit: '100', ...query } }))
      .items;
  const liability = async () => ok(await crm.ask('GET /v1/programmes/{id}/liability', { params: { id: 'miles' } }));
  const order = async (amount: number, status = 'completed', customerId = id) => {
    const total = { amount, currency: 'SGD' };
    const lines = [{ sku: 'A', name: 'A', quantity: 1, price: total }];
    const number = `o${crm.tenant}${Math.random()}`;
    const made = ok(await crm.ask('POST /v1/orders', { body: { customerId, number, total, lines } }));
    if (status !== 'placed') ok(await crm.ask('PATCH /v1/orders/{id}', { params: { id: made.id }, body: { status } }));
    await crm.idle();
    return made.id as string;
  };
  return { ...crm, put, id, post, read, ledger, liability, order };
};

const code = async (reply: Promise<Told>) => [(await reply).status, (await reply).body.code];

test('points are earned, held, redeemed, transferred and adjusted; a reference is posted once', async () => {
  const crm = await programme();
  const other = await crm.customer();
  expect(await crm.read()).toMatchObject({ balance: 0, held: 0, tier: null, expiring: [] });
  expect(ok(await crm.post('earn', { points: 100, reference: 'a' }))).toMatchObject({ balance: 100 });
  expect(ok(await crm.post('earn', { points: 100, reference: 'a' }))).toMatchObject({ balance: 100 });
  expect(await code(crm.post('earn', { points: 90, reference: 'a' }))).toEqual([409, 'points.reference-taken']);
  expect(await code(crm.post('redeem', { points: 101, reference: 'b' }))).toEqual([409, 'points.not-enough']);
  expect(ok(await crm.post('hold', { points: 40, reference: 'h' }))).toMatchObject({ balance: 60, held: 40 });
  expect(await code(crm.post('redeem', { points: 61, reference: 'b' }))).toEqual([409, 'points.not-enough']);
  expect(ok(await crm.post('redeem', { points: 30, reference: 'b', hold: 'h' }))).toMatchObject({
    balance: 70,
    held: 0,
  });
  expect(await code(crm.post('release', { reference: 'h' }))).toEqual([409, 'points.hold-missing']);
  ok(await crm.post('hold', { points: 10, reference: 'i' }));
  expect(ok(await crm.post('release', { reference: 'i' }))).toMatchObject({ balance: 70, held: 0 });
  expect(ok(await crm.post('release', { reference: 'i' }))).toMatchObject({ balance: 70, held: 0 });
  expect(ok(await crm.post('transfer', { points: 20, reference: 't', to: other.id }))).toMatchObject({ balance: 50 });
  ok(await crm.post('transfer', { points: 20, reference: 't', to: other.id }));
  expect(await crm.read(other.id)).toMatchObject({ balance: 20, earned: 0 });
  expect(ok(await crm.post('adjust', { points: -5, reference: 'c' }))).toMatchObject({ balance: 45, earned: 100 });
  const refused = await crm.post('earn', { points: 0, reference: ' ' });
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['points', 'reference']);
  await crm.idle();
  const all = await crm.ledger();
  for (const { entries } of all)
    expect(entries.reduce((sum: number, one: { points: number }) => sum + one.points, 0)).toBe(0);
  const sums: Record<string, number> = {};
  for (const { account, customerId = '', points } of all.flatMap((one: { entries: object[] }) => one.entries))
    sums[`${account} ${customerId}`] = (sums[`${account} ${customerId}`] ?? 0) + points;
  expect(sums).toMatchObject({ [`member ${crm.id}`]: 45, [`member ${other.id}`]: 20, [`held ${crm.id}`]: 0 });
  expect(await crm.liability()).toMatchObject({ outstanding: 65, issued: 100, redeemed: 30, adjusted: -5, held: 0 });
});

test('many postings at once lose nothing and never overdraw', async () => {
  const crm = await programme();
  ok(await crm.post('earn', { points: 50, reference: 'first' }));
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, nth) => crm.post('redeem', { points: 10, reference: `r${nth % 6}` })),
  );
  expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
  const posted = (await crm.ledger()).filter(({ kind }: { kind: string }) => kind === 'redeem');
  expect((await crm.read()).balance).toBe(50 - 10 * posted.length);
  expect(new Set(posted.map(({ reference }: { reference: string }) => reference)).size).toBe(posted.length);
});

test('orders earn by rate, rounding and limit, once; a cancellation takes back', async () => {
  const earn = [{ event: 'order.completed', points: '10 per 1.00', round: 'down', limit: { max: 20_000, per: 'P1D' } }];
  const crm = await programme({
    earn,
    tiers: [
      { name: 'Silver', from: 100 },
      { name: 'Gold', from: 15_000 },
    ],
  });
  const first = await crm.order(1234);
  expect(await crm.read()).toMatchObject({ balance: 123, tier: 'Silver' });
  await crm.order(1_000_000);
  expect(await crm.read()).toMatchObject({ balance: 20_000, tier: 'Gold' });
  ok(await crm.ask('PATCH /v1/orders/{id}', { params: { id: first }, body: { status: 'cancelled' } }));
  await crm.idle();
  expect((await crm.read()).balance).toBe(20_000 - 123);
  const view = ok(await crm.ask('GET /v1/customers/{id}/view', { params: { id: crm.id } }));
  expect(view.loyalty).toEqual([{ programmeId: 'miles', balance: 19_877, held: 0, tier: 'Gold' }]);
});

test('points expire by their lot, the oldest are used first', async () => {
  const crm = await programme({ expiry: { after: 'P30D' } });
  ok(await crm.post('earn', { points: 100, reference: 'a' }));
  await crm.advance('P10D');
  ok(await crm.post('earn', { points: 50, reference: 'b' }));
  ok(await crm.post('redeem', { points: 70, reference: 'c' }));
  expect((await crm.read()).expiring.map(({ points }: { points: number }) => points)).toEqual([30, 50]);
  await crm.idle();
  await crm.advance('P22D');
  await crm.idle();
  expect(await crm.read()).toMatchObject({ balance: 50, expiring: [{ points: 50 }] });
  expect(await crm.liability()).toMatchObject({ outstanding: 50, expired: 30 });
});

test('a merge joins the points of both, an unmerge parts them; an erased customer forfeits', async () => {
  const crm = await programme();
  const other = await crm.customer();
  ok(await crm.post('earn', { points: 100, reference: 'a' }));
  ok(await crm.post('earn', { points: 30, reference: 'a' }, other.id));
  const merge = (verb: string) =>
    crm.ask(`POST /v1/customers/{id}/${verb}`, { params: { id: crm.id }, body: { from: other.id } });
  ok(await merge('merge'));
  await crm.idle();
  expect(await crm.read()).toMatchObject({ balance: 130 });
  ok(await merge('unmerge'));
  await crm.idle();
  expect([(await crm.read()).balance, (await crm.read(other.id)).balance]).toEqual([100, 30]);
  ok(await crm.ask('POST /v1/customers/{id}/erase', { params: { id: other.id }, body: { reason: 'asked' } }));
  await crm.idle();
  expect(await crm.liability()).toMatchObject({ outstanding: 100, forfeited: 30, issued: 130 });
});

test('a trigger gives points, and conditions see them', async () => {
  const crm = await programme();
  const action = (name: string) => ({ points: { programme: name, amount: 25 } });
  const trigger = { name: 'T', when: { 'detail-type': ['activity.recorded'] }, state: 'active' };
  const refused = await crm.ask('POST /v1/triggers', { body: { ...trigger, then: [action('none')] } });
  expect(refused.body.errors).toEqual([
    { path: 'then.0.points.programme', message: 'there is no loyalty programme none' },
  ]);
  ok(await crm.ask('POST /v1/triggers', { body: { ...trigger, then: [action('miles')] } }));
  ok(await crm.ask('POST /v1/activities', { body: { customerId: crm.id, kind: 'note', subject: 'Hi' } }));
  await crm.idle();
  expect((await crm.read()).balance).toBe(25);
  const where = { attribute: 'balance', gte: 20 };
  const segment = ok(
    await crm.ask('POST /v1/segments', { body: { name: 'S', condition: { record: 'loyalty', where } } }),
  );
  await crm.idle();
  const members = async () =>
    ok(await crm.ask('GET /v1/segments/{id}/members', { params: { id: segment.id } })).items.length;
  expect(await members()).toBe(1);
  ok(await crm.post('redeem', { points: 10, reference: 'x' }));
  await crm.idle();
  expect(await members()).toBe(0);
});

test('a programme that cannot work is refused with its place', async () => {
  const crm = await programme();
  const paths = async (body: Body) => (await crm.put(body)).body.errors?.map(({ path }: { path: string }) => path);
  expect(await paths({ earn: [{ event: 'order.done', points: '1' }] })).toEqual(['earn.0.event']);
  expect(await paths({ earn: [{ event: 'order.completed', points: '0 per 1' }] })).toEqual(['earn.0.points']);
  expect(
    await paths({
      tiers: [
        { name: 'B', from: 10 },
        { name: 'A', from: 5 },
      ],
    }),
  ).toEqual(['tiers']);
});

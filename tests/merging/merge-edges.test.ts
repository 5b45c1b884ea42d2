import { expect, test } from 'vitest';
import { messageId, tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';
import { type Body, merging } from './merge-pair.ts';

const codeOf = ({ status, body }: { status: number; body: Body }) => [status, body.code];

test('an impossible merge is refused with the reason', async () => {
  const crm = merging(await world());
  const [a, b, c] = [
    await crm.customer({ givenName: 'Ada' }),
    await crm.customer({ givenName: 'Ben' }),
    await crm.customer({ kind: 'organisation', name: 'Cars' }),
  ];
  const missing = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
  expect(codeOf(await crm.merge(a, a))).toEqual([422, 'merge.same']);
  expect(codeOf(await crm.merge(a, c))).toEqual([422, 'merge.kinds-differ']);
  expect(codeOf(await crm.merge(a, missing))).toEqual([404, 'customer.not-found']);
  expect(codeOf(await crm.merge(missing, a))).toEqual([404, 'customer.not-found']);
  const bad = await crm.merge(a, b, { choices: { shoe: 'from', 'address.planet': 'into', phone: 'from' } });
  expect([bad.status, bad.body.errors.map(({ path }: Body) => path)]).toEqual([
    422,
    ['choices.shoe', 'choices.address.planet'],
  ]);
  expect((await crm.merge(a, b, { choices: { phone: 'mine' }, extra: 1 })).status).toBe(422);
  expect(codeOf(await crm.unmerge(a, b))).toEqual([409, 'unmerge.not-merged']);
  expect((await crm.merge(a, b)).status).toBe(200);
  expect(codeOf(await crm.merge(a, b))).toEqual([409, 'merge.already-merged']);
  const moved = await crm.merge(b, c);
  expect([moved.status, moved.headers.get('location')]).toEqual([308, `/v1/customers/${a}/merge`]);
});

test('chains: a record that was merged twice is found at the end, and unmerged from there', async () => {
  const crm = merging(await world());
  const [a, b, c] = [
    await crm.customer({ givenName: 'Ada', email: 'a@example.com' }),
    await crm.customer({ givenName: 'Ada', email: 'b@example.com' }),
    await crm.customer({ givenName: 'Ada', email: 'c@example.com', phone: '+6561234567' }),
  ];
  await crm.order(c, 'of-c');
  await crm.merge(b, c);
  await crm.merge(a, b);
  expect((await crm.read(c)).headers.get('location')).toBe(`/v1/customers/${a}`);
  for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) {
    expect(await crm.found({ email })).toEqual([a]);
  }
  expect(await crm.found({ phone: '+6561234567' })).toEqual([a]);
  expect((await crm.view(a)).orders).toMatchObject([{ number: 'of-c' }]);
  const elsewhere = await crm.unmerge(a, c);
  expect([...codeOf(elsewhere), elsewhere.body.into]).toEqual([409, 'unmerge.merged-elsewhere', b]);
  expect((await crm.unmerge(a, b)).status).toBe(200);
  expect((await crm.view(a)).orders).toEqual([]);
  expect((await crm.view(b)).orders).toMatchObject([{ number: 'of-c' }]);
  expect((await crm.unmerge(b, c)).status).toBe(200);
  expect((await crm.view(c)).orders).toMatchObject([{ number: 'of-c' }]);
  const now = [a, b, c].map(async id => (await crm.read(id)).body);
  expect((await Promise.all(now)).map(({ email, phone }) => [email, phone])).toEqual([
    ['a@example.com', undefined],
    ['b@example.com', undefined],
    ['c@example.com', '+6561234567'],
  ]);
  for (const [nth, email] of ['a@example.com', 'b@example.com', 'c@example.com'].entries()) {
    expect(await crm.found({ email })).toEqual([[a, b, c][nth]]);
  }
});

test('two merges into one customer are undone in any order', async () => {
  const crm = merging(await world());
  const [a, b, c] = [
    await crm.customer({ givenName: 'Ada' }),
    await crm.customer({ givenName: 'Ada', email: 'b@example.com' }),
    await crm.customer({ givenName: 'Ada', email: 'c@example.com' }),
  ];
  await crm.order(b, 'of-b');
  await crm.order(c, 'of-c');
  await crm.merge(a, b);
  await crm.merge(a, c);
  expect((await crm.read(a)).body.email).toBe('b@example.com');
  await crm.unmerge(a, b);
  expect((await crm.view(a)).orders).toMatchObject([{ number: 'of-c' }]);
  expect(await crm.found({ email: 'c@example.com' })).toEqual([a]);
  await crm.unmerge(a, c);
  expect((await crm.view(a)).orders).toEqual([]);
  expect((await crm.view(c)).orders).toMatchObject([{ number: 'of-c' }]);
  expect(await crm.found({ email: 'b@example.com' })).toEqual([b]);
  expect(await crm.found({ email: 'c@example.com' })).toEqual([c]);
});

test('of two concurrent merges one succeeds', async () => {
  const crm = merging(await world());
  for (let round = 0; round < 4; round++) {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(name => crm.customer({ givenName: name, email: `${name}${round}@example.com` })),
    );
    const [a = '', b = '', c = ''] = ids;
    const reply = await Promise.all([crm.merge(a, b), crm.merge(c, b), crm.merge(b, a)]);
    for (const { status } of reply) expect([200, 308, 409, 422]).toContain(status);
    expect(reply.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    const standing = (await Promise.all(ids.map(crm.read))).filter(({ status }) => status === 200);
    expect(standing).toHaveLength(3 - reply.filter(({ status }) => status === 200).length);
    for (const name of ['a', 'b', 'c']) {
      const [holder = ''] = await crm.found({ email: `${name}${round}@example.com` });
      expect((await crm.read(holder)).status).toBe(200);
    }
  }
});

test('a change made during a merge is in one of the two records', async () => {
  const crm = merging(await world());
  for (let round = 0; round < 4; round++) {
    const [a, b] = [await crm.customer({ givenName: 'Ada' }), await crm.customer({ givenName: 'Ada' })];
    const patch = crm.at('PATCH /v1/customers/{id}', b, { body: { attributes: { size: 'S' } } });
    const [merged, patched] = await Promise.all([crm.merge(a, b), patch]);
    expect(merged.status).toBe(200);
    expect([200, 308]).toContain(patched.status);
    if (patched.status === 200) expect((await crm.read(a)).body.attributes).toEqual({ size: 'S' });
  }
});

test('the old id and the identifiers of the merged record lead to the merged customer', async () => {
  const crm = merging(await world());
  const shop = await tracker(crm);
  const call = (more: Body) => ({ messageId: messageId(), timestamp: new Date().toISOString(), ...more });
  const a = await crm.customer({ givenName: 'Ada', externalId: 'u-a' });
  await shop.post('/v1/identify', call({ userId: 'u-b', anonymousId: 'phone-b', traits: { email: 'b@example.com' } }));
  await crm.idle();
  const [b = ''] = await crm.found({ externalId: 'u-b' });
  await shop.post('/v1/track', call({ anonymousId: 'phone-b', event: 'Before' }));
  await crm.idle();
  await crm.merge(a, b);
  expect((await crm.view(a)).identities).toMatchObject([{ id: a, type: 'anonymousId', value: 'phone-b' }]);
  await shop.post('/v1/track', call({ anonymousId: 'phone-b', event: 'Remembered' }));
  await shop.post('/v1/track', call({ userId: 'u-b', event: 'Named' }));
  const late = await crm.order(b, 'late');
  expect(late).toMatchObject({ customerId: a });
  await crm.idle();
  const upserted = await crm.ask('PUT /v1/customers', { body: { externalId: 'u-b', attributes: { tier: 1 } } });
  expect([upserted.status, upserted.body.id]).toEqual([200, a]);
  // what was filed under the old id, by who still remembered it, follows within minutes
  await crm.advance('PT11M');
  await crm.idle();
  const names = (await shop.events(a)).map(({ data }) => data.event);
  expect(names.sort()).toEqual(['Before', 'Named', 'Remembered']);
  const jobs = (await crm.ask('GET /v1/jobs', { query: { kind: 'merge' } })).body.items;
  expect(jobs).toMatchObject([{ state: 'done' }]);

  expect((await crm.unmerge(a, b)).status).toBe(200);
  expect((await crm.view(b)).identities).toMatchObject([{ id: b, value: 'phone-b' }]);
  expect(await crm.found({ externalId: 'u-b' })).toEqual([b]);
});

test('a repeated request with an idempotency key merges once, one with a stale version not at all', async () => {
  const crm = merging(await world());
  const [a, b] = [
    await crm.customer({ givenName: 'Ada' }),
    await crm.customer({ givenName: 'Ada', familyName: 'Tan' }),
  ];
  const ask = (headers: Record<string, string>) =>
    crm.at('POST /v1/customers/{id}/merge', a, { body: { from: b }, headers });
  expect((await ask({ 'if-match': '"7"' })).status).toBe(412);
  expect((await crm.read(b)).status).toBe(200);
  const first = await ask({ 'idempotency-key': 'one' });
  const second = await ask({ 'idempotency-key': 'one' });
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.body).toEqual(first.body);
  expect(second.headers.get('idempotency-replayed')).toBe('true');
});

import { expect, test } from 'vitest';
import { messageId, track } from '../tracking/tracker.ts';
import { world } from '../world.ts';
import { pageCall, visits } from './visits.ts';

const identify = (more: object) => ({ type: 'identify', messageId: messageId(), ...more });

test('pages without a pause of half an hour are one session, which is over then', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  const [a, b, c] = await Promise.all([3, 2, 0].map(shop.ago));
  await shop.send(
    pageCall(a!, { path: '/cars', query: '?utm_source=News&utm_medium=email', referrer: 'https://t.co/x' }),
    { ...pageCall(b!, { path: '/cars' }), type: 'track', event: 'Compared' },
    pageCall(c!, { path: '/prices' }),
  );
  const [session, ...others] = await shop.sessions(id);
  expect(others).toEqual([]);
  expect(session).toMatchObject({
    ...{ state: 'open', startedAt: a, endedAt: c, seconds: 180, events: 3, pages: 2 },
    ...{ source: 'news', medium: 'email', channel: 'email', device: 'desktop' },
    ...{ entry: { name: '/cars', url: 'https://shop.example/cars' }, exit: { name: '/prices' } },
  });
  expect(await shop.events(id, 'session.started')).toMatchObject([{ about: session?.id, occurredAt: a }]);
  expect(await shop.events(id, 'session.ended')).toEqual([]);
  await shop.advance('PT31M');
  await shop.idle();
  expect(await shop.sessions(id)).toMatchObject([{ id: session?.id, state: 'ended' }]);
  expect(await shop.events(id, 'session.ended')).toMatchObject([
    { about: session?.id, data: { pages: 2, seconds: 180 } },
  ]);
  await shop.send(pageCall(await shop.now()));
  expect(await shop.sessions(id)).toMatchObject([{ state: 'open', source: 'direct' }, { id: session?.id }]);
  expect(await shop.events(id, 'session.started')).toHaveLength(2);
  const { attributes } = (await shop.ask('GET /v1/customers/{id}', { params: { id } })).body;
  const news = { source: 'news', medium: 'email', channel: 'email', at: a };
  expect(attributes).toMatchObject({ firstTouch: news, lastTouch: news });
});

test('a visit by another campaign begins a session; the same again, and what a page says of itself, does not', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  const times = await Promise.all([9, 8, 7, 6, 5].map(shop.ago));
  const queries = ['?gclid=1', '', '?gclid=2', '?utm_source=news', '?utm_source=NEWS'];
  await shop.send(
    ...queries.map((query, nth) => pageCall(times[nth]!, { query, referrer: 'https://www.google.com/' })),
  );
  expect(await shop.sessions(id)).toMatchObject([
    { source: 'news', pages: 2 },
    { source: 'google', medium: 'cpc', channel: 'paid', clickId: 'gclid', pages: 3 },
  ]);
});

test('a late event joins what it lies between, and a repeated one changes nothing', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  const [first, between, second] = await Promise.all([150, 125, 100].map(shop.ago));
  const calls = [pageCall(first!), pageCall(second!)];
  await shop.send(...calls);
  await shop.advance('PT61S');
  await shop.idle();
  expect(await shop.sessions(id)).toHaveLength(2);
  expect(await shop.sources()).toMatchObject([{ source: 'direct', sessions: 2, visitors: 1 }]);
  await shop.send(pageCall(between!, { query: '?utm_source=news' }), ...calls);
  await shop.advance('PT61S');
  await shop.idle();
  // another campaign begins another session, whose second page is the one that was a session of its own
  expect(await shop.sessions(id)).toMatchObject([{ source: 'news', startedAt: between, pages: 2 }, { pages: 1 }]);
  const [, ...more] = await shop.events(id, 'session.started');
  expect(more.length).toBeGreaterThan(0);
  expect(await shop.sources()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ source: 'direct', sessions: 1 }),
      expect.objectContaining({ source: 'news', sessions: 1, visitors: 0 }),
    ]),
  );
});

test('sessions of an unknown visitor are the customer’s once it is identified, and counted once', async () => {
  const shop = await visits(await world());
  const [old, ...now] = await Promise.all([2, 1].map(shop.ago));
  await shop.send(pageCall(old!, { anonymousId: 'd', query: '?utm_source=news' }));
  await shop.advance('PT2H');
  await shop.idle();
  expect(await shop.sources()).toMatchObject([{ source: 'news', sessions: 1, visitors: 1 }]);
  const later = await shop.ago(1);
  await shop.send(pageCall(later, { anonymousId: 'd' }), identify({ anonymousId: 'd', userId: 'u-1' }));
  const { id } = await shop.byExternalId('u-1');
  expect(now).toHaveLength(1);
  expect(await shop.sessions(id)).toMatchObject([
    { state: 'open', source: 'direct' },
    { state: 'ended', source: 'news' },
  ]);
  expect(await shop.sources()).toMatchObject([{ source: 'news', sessions: 1, visitors: 1 }]);
  const { attributes } = (await shop.ask('GET /v1/customers/{id}', { params: { id } })).body;
  expect(attributes).toMatchObject({ firstTouch: { source: 'news' }, lastTouch: { source: 'news' } });
});

test('a merge puts the visits of both together, and its undoing takes them apart', async () => {
  const shop = await visits(await world());
  const [into, from] = [await shop.customer(), await shop.customer({ externalId: 'u-2', givenName: 'Eve' })];
  const times = await Promise.all([50, 45, 40].map(shop.ago));
  await shop.send(pageCall(times[0]!), pageCall(times[2]!), pageCall(times[1]!, { userId: 'u-2' }));
  await shop.advance('PT61S');
  await shop.idle();
  const direct = async () => (await shop.sources())[0];
  expect(await direct()).toMatchObject({ sessions: 2, visitors: 2 });
  await shop.ask('POST /v1/customers/{id}/merge', { params: { id: into }, body: { from } });
  await shop.idle();
  expect(await shop.sessions(into)).toMatchObject([{ pages: 3, state: 'ended' }]);
  expect(await direct()).toMatchObject({ sessions: 1, visitors: 1 });
  await shop.ask('POST /v1/customers/{id}/unmerge', { params: { id: into }, body: { from } });
  await shop.idle();
  expect(await shop.sessions(into)).toMatchObject([{ pages: 2 }]);
  expect(await shop.sessions(from)).toMatchObject([{ pages: 1 }]);
  expect(await direct()).toMatchObject({ sessions: 2, visitors: 2 });
});

test('what a server reports is no visit, and an app’s event is one', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  await shop.send(track('Invoice paid', { timestamp: await shop.ago(1) }));
  expect(await shop.sessions(id)).toEqual([]);
  await shop.send(
    track('Tapped', { timestamp: await shop.ago(0), context: { app: { name: 'Shop' }, device: { type: 'ios' } } }),
  );
  expect(await shop.sessions(id)).toMatchObject([{ events: 1, pages: 0, device: 'mobile', entry: { name: 'Tapped' } }]);
});

test('triggers act on the end of a session, and conditions count sessions', async () => {
  const shop = await visits(await world());
  const email = `${shop.tenant}@example.com`;
  await shop.customer({ email });
  const template = { name: 't', channel: 'email', subject: '{{ event.data.exit.name }}', body: 'Hello' };
  const { body: made } = await shop.ask('POST /v1/templates', { body: template });
  const trigger = {
    name: 'bye',
    when: { 'detail-type': ['session.ended'], detail: { data: { pages: [{ numeric: ['>=', 1] }] } } },
    if: { event: 'session.started', count: { gte: 2 }, within: 'P7D' },
    then: [{ send: { templateId: made.id, topic: null } }],
    state: 'active',
  };
  expect((await shop.ask('POST /v1/triggers', { body: trigger })).status).toBe(201);
  for (const path of ['/one', '/two']) {
    await shop.send(pageCall(await shop.now(), { path }));
    await shop.advance('PT31M');
    await shop.idle();
  }
  expect((await shop.outbox(email)).map(({ subject }) => subject)).toEqual(['/two']);
});

test('rules of a company decide when a session ends', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  const rules = { sessions: { inactivity: 'PT5M', newCampaign: false } };
  const put = (body: object) => shop.ask('PUT /v1/settings/tracking', { body });
  expect((await put(rules)).body.sessions).toMatchObject({ inactivity: 'PT5M', newDay: false, timeZone: 'UTC' });
  await shop.advance('PT61S');
  const times = await Promise.all([16, 9, 5].map(shop.ago));
  await shop.send(...times.map((at, nth) => pageCall(at, { query: `?utm_source=s${nth}` })));
  await shop.advance('PT2M');
  await shop.idle();
  expect(await shop.sessions(id)).toMatchObject([{ source: 's1', pages: 2 }, { source: 's0' }]);
  const refused = await put({ sessions: { inactivity: 'PT9H', timeZone: 'Mars/Olympus' } });
  expect(refused.status).toBe(422);
  expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
    'sessions.inactivity',
    'sessions.timeZone',
  ]);
});

test('what sources cost is summed up with what they brought; the same again replaces it', async () => {
  const shop = await visits(await world());
  const id = await shop.customer();
  await shop.send(pageCall(await shop.ago(2), { query: '?utm_source=News&utm_medium=email&utm_campaign=May' }));
  await shop.ask('POST /v1/leads', { body: { customerId: id, source: 'web form' } });
  await shop.advance('PT40M');
  await shop.idle();
  const day = (await shop.now()).slice(0, 10);
  const row = (amount: number) => ({
    day,
    source: 'NEWS',
    medium: 'email',
    campaign: 'may',
    amount: { amount, currency: 'SGD' },
  });
  const spend = (rows: object[]) => shop.ask('PUT /v1/ad-spend', { body: { rows } });
  for (const amount of [900, 500]) expect((await spend([row(amount)])).body).toEqual({ rows: 1 });
  const found = {
    sessions: 1,
    visitors: 1,
    leads: 1,
    orders: 0,
    revenue: [],
    cost: [{ amount: 500, currency: 'SGD' }],
  };
  expect(await shop.sources()).toEqual([{ source: 'news', ...found }]);
  expect(await shop.sources({ by: 'campaign' })).toEqual([{ campaign: 'may', ...found }]);
  expect(await shop.sources({ by: 'medium' })).toEqual([{ medium: 'email', ...found }]);
  expect(await shop.sources({ from: '2020-01-01', to: '2020-02-01' })).toEqual([]);
  expect((await spend([row(1), row(2)])).body.errors).toMatchObject([{ path: 'rows.1' }]);
  const status = async (query: object) => (await shop.ask('GET /v1/sources', { query: query as never })).status;
  expect(
    await Promise.all(
      [
        { from: day, to: day },
        { from: '2020-01-01', to: day },
      ].map(status),
    ),
  ).toEqual([422, 422]);
});

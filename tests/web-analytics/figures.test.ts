import { expect, test } from 'vitest';
import { messageId } from '../tracking/tracker.ts';
import { world } from '../world.ts';
import { pageCall, visits } from './visits.ts';

type Shop = Awaited<ReturnType<typeof visits>>;
type Counts = Record<string, { sessions: number; visitors: number; orders: number; revenue: number }>;

const halfHour = 30 * 60_000;
const queries = ['', '?utm_source=news&utm_medium=email', '?gclid=1'];
const sourceIn = (query: string) => (query.includes('news') ? 'news' : query.includes('gclid') ? 'google' : 'direct');

type Doc = { type: string; occurredAt: string; about: string; data: { total?: { amount: number }; context?: never } };

/** what a timeline comes to, counted as plainly as can be */
const recount = (events: Doc[], cancelled: Set<string>, into: Counts) => {
  const of = (source: string) => (into[source] ??= { sessions: 0, visitors: 0, orders: 0, revenue: 0 });
  let [last, source, touch, day] = [Number.NEGATIVE_INFINITY, '', 'direct', ''];
  for (const { type, occurredAt, about, data } of events) {
    if (type === 'order.completed') {
      if (!source || cancelled.has(about)) continue;
      of(touch).orders += 1;
      of(touch).revenue += data.total?.amount ?? 0;
      continue;
    }
    const { campaign } = (data.context ?? {}) as { campaign?: { source: string } };
    const own = campaign?.source ?? 'direct';
    if (Date.parse(occurredAt) - last > halfHour || (campaign && own !== source)) {
      of(own).sessions += 1;
      if (occurredAt.slice(0, 10) !== day) of(own).visitors += 1;
      [source, day] = [own, occurredAt.slice(0, 10)];
      if (own !== 'direct') touch = own;
    }
    last = Date.parse(occurredAt);
  }
};

const timelineOf = async (shop: Shop, id: string) => {
  const query = { type: 'tracked.page,order.completed', limit: 100 };
  const { body } = await shop.ask('GET /v1/customers/{id}/timeline', { params: { id }, query });
  const events = (body.items ?? []) as Doc[];
  return events.sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
};

const figures = async (shop: Shop): Promise<Counts> => {
  const now = await shop.now();
  const day = (days: number) => new Date(Date.parse(now) + days * 86_400_000).toISOString().slice(0, 10);
  const items = (await shop.sources({ from: day(-300), to: day(60) })) as {
    source: string;
    sessions: number;
    visitors: number;
    orders: number;
    revenue: { amount: number }[];
  }[];
  return Object.fromEntries(
    items.map(({ source, sessions, visitors, orders, revenue }) => [
      source,
      { sessions, visitors, orders, revenue: revenue[0]?.amount ?? 0 },
    ]),
  );
};

type Step =
  | { do: 'page'; who: number; ago: number; query: number }
  | { do: 'again'; nth: number }
  | { do: 'order'; who: number; cancel: boolean }
  | { do: 'identify'; who: number; device: number }
  | { do: 'merge' }
  | { do: 'later' };

const numbers = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % below;
};

const stepsOf = (seed: number): Step[] => {
  const number = numbers(seed);
  const step = (): Step => {
    const kind = number(13);
    if (kind < 6) return { do: 'page', who: number(4), ago: number(200), query: number(3) };
    if (kind < 8) return { do: 'again', nth: number(20) };
    if (kind < 10) return { do: 'order', who: number(2), cancel: number(2) === 0 };
    if (kind < 11) return { do: 'identify', who: number(2), device: number(2) };
    return { do: kind < 12 ? 'merge' : 'later' };
  };
  return Array.from({ length: 4 + number(11) }, step);
};

const seeds = process.env.SEEDS?.split(',').map(Number) ?? [1, 2, 3, 4, 5, 6];

test.each(seeds)(
  'the figures of sources are what the timelines come to, whatever comes late, twice, merged and taken apart (%i)',
  { timeout: 120_000 },
  async seed => {
    const steps = stepsOf(seed);
    const shop = await visits(await world());
    const ids = [await shop.customer(), await shop.customer({ externalId: 'u-2', givenName: 'Eve' })];
    const sent: object[] = [];
    const cancelled = new Set<string>();
    let isMerged = false;
    for (const one of steps) {
      if (one.do === 'page') {
        const who = [{ userId: 'u-1' }, { userId: 'u-2' }, { anonymousId: 'd-0' }, { anonymousId: 'd-1' }][one.who]!;
        const call = pageCall(await shop.ago(one.ago), { ...who, query: queries[one.query]! });
        sent.push(call);
        await shop.send(call);
      } else if (one.do === 'again') {
        const call = sent[one.nth % Math.max(1, sent.length)];
        if (call) await shop.send(call, call);
      } else if (one.do === 'identify') {
        const call = {
          type: 'identify',
          messageId: messageId(),
          userId: `u-${one.who + 1}`,
          anonymousId: `d-${one.device}`,
        };
        await shop.send(call);
      } else if (one.do === 'order') {
        const price = { amount: 1000, currency: 'SGD' };
        const lines = [{ sku: 'a', name: 'a', quantity: 1, price }];
        const order = {
          customerId: isMerged ? ids[0] : ids[one.who],
          number: messageId(),
          lines,
          total: price,
          status: 'completed',
        };
        const { body } = await shop.ask('POST /v1/orders', { body: order });
        if (!one.cancel) continue;
        await shop.idle();
        await shop.ask('PATCH /v1/orders/{id}', { params: { id: body.id }, body: { status: 'cancelled' } });
        cancelled.add(body.id);
      } else if (one.do === 'merge') {
        const verb = isMerged ? 'unmerge' : 'merge';
        const { status } = await shop.ask(`POST /v1/customers/{id}/${verb}`, {
          params: { id: ids[0]! },
          body: { from: ids[1] },
        });
        expect(status).toBe(200);
        isMerged = !isMerged;
        await shop.idle();
      } else {
        await shop.advance('PT45M');
        await shop.idle();
      }
    }
    await shop.idle();
    for (const wait of ['PT61S', 'PT2H', 'PT2H']) {
      await shop.advance(wait);
      await shop.idle();
    }
    const expected: Counts = {};
    const events = await Promise.all((isMerged ? [ids[0]!] : ids).map(id => timelineOf(shop, id)));
    for (const timeline of events) recount(timeline, cancelled, expected);
    // devices that nobody was identified on
    for (const device of ['d-0', 'd-1']) {
      const isLinked = steps.some(one => one.do === 'identify' && `d-${one.device}` === device);
      if (isLinked) continue;
      const calls = sent.filter(call => (call as { anonymousId?: string }).anonymousId === device) as {
        timestamp: string;
        context: { page: { url: string } };
      }[];
      const docs = calls
        .map(({ timestamp, context }) => {
          const source = sourceIn(context.page.url);
          const campaign = source === 'direct' ? {} : { campaign: { source } };
          return { type: 'tracked.page', occurredAt: timestamp, about: '', data: { context: campaign as never } };
        })
        .sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
      recount(docs, cancelled, expected);
    }
    expect(await figures(shop), JSON.stringify(steps)).toEqual(expected);
  },
);

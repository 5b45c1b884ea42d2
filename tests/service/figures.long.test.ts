import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

type Row = Record<string, unknown> & { type: string; about: string; data: Record<string, never> };

const numbers = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % below;
};

/** the same figures from the cases and their events, one by one */
const recounted = (events: Row[]) => {
  const of = (type: string, keep: (data: Row['data']) => boolean = () => true) =>
    events.filter(event => event.type === type && keep(event.data)).length;
  const first = events.filter(({ type, data }) => type === 'case.replied' && data.firstResponseSeconds !== null);
  return {
    opened: of('case.opened'),
    replies: of('case.replied', ({ from }) => from === 'agent'),
    firstResponses: first.length,
    firstResponseSeconds: first.length
      ? first.reduce((sum, { data }) => sum + Number(data.firstResponseSeconds), 0) / first.length
      : null,
    resolved: of('case.resolved'),
    reopened: of('case.reopened'),
    transfers:
      of('case.assigned', one => one.previousAgentId !== null) + of('case.queued', one => one.previousAgentId !== null),
    missed: of('case.sla-breached'),
  };
};

test('figures are what a recount of the events gives, by agent, queue, channel, product and day', async () => {
  const crm = desk(await world());
  const below = numbers(7);
  const pick = <T>(all: readonly T[]) => all[below(all.length)] as T;
  for (const id of ['ben', 'eva']) await crm.agent(id, { capacity: 4 });
  await crm.queue('bikes', { name: 'Bikes', match: { attribute: 'productId', is: 'bike' } });
  await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT1H', resolution: 'PT5H' });
  const customers = await Promise.all([1, 2].map(() => crm.customer()));
  const opened: string[] = [];
  const steps = [
    async () => {
      const fields = {
        customerId: pick(customers).id,
        channel: pick(['web', 'mail']),
        productId: pick(['bike', 'car']),
      };
      opened.push((await crm.open(fields)).id);
    },
    () => crm.tell(pick(opened), 'reply', { body: 'So.' }),
    () => crm.tell(pick(opened), 'reply', { body: 'So?', from: 'customer' }),
    () => crm.tell(pick(opened), 'resolve'),
    () => crm.tell(pick(opened), 'reopen'),
    () => crm.tell(pick(opened), 'assign', { agentId: pick(['ben', 'eva']) }),
    () => crm.tell(pick(opened), 'assign', { queue: 'general' }),
    () => crm.tell(pick(opened), 'merge', { into: pick(opened) }),
  ];
  await steps[0]!();
  for (let nth = 0; nth < 24; nth++) {
    await Promise.all([pick(steps)(), nth % 3 ? steps[0]!() : pick(steps)()]);
    if (nth % 8 === 0) {
      await crm.idle();
      await crm.advance('PT2H');
    }
  }
  await crm.idle();
  const timelines = await Promise.all(
    customers.map(async ({ id }) => {
      const items: Row[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: 100, ...(cursor ? { cursor } : {}) };
        const page = await crm.done(crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query }));
        items.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return items;
    }),
  );
  const events = timelines.flat();
  const figures = async (by: string) => crm.done(crm.ask('GET /v1/service/figures', { query: { by } }));
  const { total, backlog, items: days } = await figures('day');
  expect(total).toMatchObject(recounted(events));
  expect(days.reduce((sum: number, { opened: n }: { opened: number }) => sum + n, 0)).toBe(opened.length);
  const all = await Promise.all(opened.map(crm.read));
  expect(backlog.open).toBe(all.filter(({ status }) => !['resolved', 'closed'].includes(status)).length);
  for (const [by, field] of [
    ['channel', 'channel'],
    ['product', 'productId'],
    ['queue', 'queue'],
  ] as const) {
    for (const item of (await figures(by)).items) {
      const own = events.filter(({ data }) => data[field] === item[by]);
      const { resolved, reopened, missed, replies } = recounted(own);
      expect(item, by).toMatchObject({ resolved, reopened, missed, replies });
    }
  }
  for (const item of (await figures('agent')).items) {
    const own = events.filter(({ data }) => data.agentId === item.agent);
    expect(item.resolved).toBe(recounted(own).resolved);
  }
}, 240_000);

test('ratings count for the agent who served the customer: satisfaction and recommendation', async () => {
  const crm = desk(await world());
  await crm.agent('ben', { capacity: 9 });
  for (const [score, recommend] of [
    [5, 10],
    [4, 8],
    [2, 3],
  ] as const) {
    const customer = await crm.customer();
    const { id } = await crm.open({ customerId: customer.id });
    await crm.idle();
    await crm.done(crm.tell(id, 'resolve'));
    await crm.idle();
    const mail = (await crm.outbox(customer.email)).find(({ text }) => /satisfaction\//.test(text ?? ''));
    const [, token = ''] = /satisfaction\/([^\s"<>]+)/.exec(mail.text) ?? [];
    await crm.done(
      crm.ask('POST /v1/satisfaction/{token}', {
        params: { token: decodeURIComponent(token) },
        body: { score, recommend },
        token: '',
      }),
    );
  }
  await crm.idle();
  const { items } = await crm.done(crm.ask('GET /v1/service/figures', { query: { by: 'agent' } }));
  expect(items).toMatchObject([
    { agent: 'ben', ratings: 3, averageRating: 11 / 3, csat: 2 / 3, recommends: 3, nps: 0 },
  ]);
  const wrong = await crm.ask('GET /v1/service/figures', { query: { from: '2026-02-01', to: '2026-01-01' } });
  expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'to']);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replayTrigger } from '../../functions/automation/replay-trigger.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { type Row, slice } from '../messaging/slice.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

test('a replay of a draft reports which customers it would have reached, and why not the others; nothing is sent', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ address: { country: 'SG' } });
  const eve = await crm.customer({ address: { country: 'MY' } });
  const bob = await crm.customer({ address: { country: 'SG' } });
  const from = new Date(Date.parse(await crm.now()) - 60_000).toISOString();
  for (const { id } of [ada, eve, bob]) await crm.happen(id);
  for (const { id } of [ada, eve]) await crm.consent(id);
  await crm.idle();
  const { id } = await crm.trigger((await crm.template()).id, {
    if: { attribute: 'address.country', is: 'SG' },
    state: 'draft',
  });
  const body = { from, to: new Date(Date.parse(await crm.now()) + 60_000).toISOString() };
  const replay = (more: object = {}) => crm.ask('POST /v1/triggers/{id}/replay', { params: { id }, body, ...more });
  const { body: report } = await replay();
  const outcomes = Object.fromEntries(
    report.items.map(({ customerId, outcome, reasons }: Row) => [customerId, [outcome, reasons.at(-1)]]),
  );
  expect(outcomes).toEqual({
    [ada.id]: ['reached', expect.stringContaining('address.country')],
    [eve.id]: ['not reached', expect.stringContaining('address.country')],
    [bob.id]: ['not reached', 'no consent to news by email'],
  });
  expect(report.evaluated).toMatchObject({ customers: 3, matched: 3, cut: [] });
  const first = (await replay({ query: { limit: 2 } })).body;
  const second = (await replay({ query: { limit: 2, cursor: first.nextCursor } })).body;
  expect([...first.items, ...second.items]).toHaveLength(3);
  expect((await replay({ body: { from: body.to, to: body.from } })).body.errors).toMatchObject([{ path: 'to' }]);
  await crm.idle();
  for (const { id } of [ada, eve, bob]) expect(await crm.messages(id)).toEqual([]);
});

test('a replay decides as the live run does, and counts by outcome and reason', async () => {
  const crm = slice(await world());
  await crm.settings({ frequencyCaps: [{ channel: 'email', max: 1, per: 'P1D' }] });
  const [ada, eve, bob] = [await crm.customer(), await crm.customer(), await crm.customer()];
  for (const { id } of [ada, eve]) await crm.consent(id);
  const body = { customerId: eve.id, type: 'complaint', subject: 'Brakes failed', channel: 'web', priority: 'urgent' };
  await crm.ask('POST /v1/cases', { body });
  await crm.idle();
  const from = new Date(Date.parse(await crm.now()) - 1000).toISOString();
  const { id } = await crm.trigger((await crm.template()).id);
  for (const { id } of [ada, ada, eve, bob]) {
    await crm.happen(id);
    await crm.idle();
  }
  const live = async (id: string) =>
    (await crm.messages(id))
      .filter(({ topic }) => topic === 'news')
      .map(({ state, reason }) => reason ?? state)
      .reverse();
  const lived = [await live(ada.id), await live(eve.id), await live(bob.id)];
  expect(lived).toEqual([
    ['delivered', 'frequency cap: 1 of 1 email messages in P1D sent already'],
    ['case'],
    ['no consent to news by email'],
  ]);
  await crm.advance('P2D');
  const to = await crm.now();
  const replay = { params: { id }, body: { from, to } };
  const { body: report } = await crm.ask('POST /v1/triggers/{id}/replay', replay);
  const replayed = (customer: { id: string }) =>
    report.items
      .filter(({ customerId }: Row) => customerId === customer.id)
      .sort((a: Row, b: Row) => (a.occurredAt < b.occurredAt ? -1 : 1))
      .map(({ outcome, reasons }: Row) => (outcome === 'reached' ? 'delivered' : reasons.at(-1)));
  expect([replayed(ada), replayed(eve), replayed(bob)]).toEqual(lived);
  expect(report.counts).toHaveLength(4);
  expect(report.counts).toEqual(
    expect.arrayContaining([
      { outcome: 'reached', reason: null, count: 1 },
      { outcome: 'not reached', reason: 'case', count: 1 },
      { outcome: 'not reached', reason: 'no consent to news by email', count: 1 },
    ]),
  );
});

const draw = <T>(choices: T[]) => fc.constantFrom(...choices);

const Rule = fc.record({
  priority: draw([0, 1, 2]),
  cooldown: draw([undefined, 'PT1H']),
  if: draw([undefined, { attribute: 'locale', is: 'de' }]),
});

test('the replay of a draft in a group of triggers says what it then does beside them', async () => {
  const crm = slice(await world());
  for (const [nth, rules] of fc.sample(fc.tuple(Rule, Rule, Rule), { numRuns: 3, seed: 7 }).entries()) {
    const exclusive = `group ${nth}`;
    const when = {
      'detail-type': ['customer.updated'],
      detail: { data: { changes: { attribute: ['attributes.visits'] } } },
    };
    const made = (rule: object, state: string) =>
      crm.trigger('', { when, exclusive, ...JSON.parse(JSON.stringify(rule)), then: [{ tag: `t${nth}` }], state });
    const rivals = [await made(rules[1], 'active'), await made(rules[2], 'active')];
    const draft = await made(rules[0], 'draft');
    const attributes = { visits: 0 };
    const people = [await crm.customer({ locale: 'de', attributes }), await crm.customer({ locale: 'en', attributes })];
    const from = new Date(Date.parse(await crm.now()) - 1).toISOString();
    const live = async () => {
      for (const { id } of [...people, ...people]) {
        await crm.happen(id);
        await crm.idle();
      }
    };
    await live();
    const body = { from, to: new Date(Date.parse(await crm.now()) + 1).toISOString() };
    const { items } = (await crm.ask('POST /v1/triggers/{id}/replay', { params: { id: draft.id }, body })).body;
    await crm.advance('PT2H');
    expect((await crm.ask('POST /v1/triggers/{id}/activate', { params: { id: draft.id } })).status).toBe(200);
    await live();
    for (const { id } of people) {
      const said = items.filter((one: Row) => one.customerId === id && one.outcome === 'reached').length;
      const done = (await crm.decisions(id, 'trigger')).filter(
        ({ cause, outcome }) => cause === draft.id && outcome === 'fired',
      );
      expect(said, JSON.stringify(rules)).toBe(done.length);
    }
    for (const { id } of [...rivals, draft]) await crm.ask('POST /v1/triggers/{id}/pause', { params: { id } });
  }
});

test('a replay whose time runs out replies with what it looked at, and where to continue', async () => {
  const crm = slice(await world());
  const { id } = await crm.trigger((await crm.template()).id, { state: 'draft' });
  await Promise.all(Array.from({ length: 21 }, () => crm.customer()));
  await crm.idle();
  await ownTable(crm.awsUrl);
  const now = await crm.now();
  const scopes = new Set(['customers.read']);
  const ctx = () => ctxOf({ tenant: crm.tenant, actor: 'user:test', now, scopes, timeLeft: () => 0 });
  const from = new Date(Date.parse(now) - 60_000).toISOString();
  const replay = async (cursor?: string) => {
    const query = { limit: 500, examples: 1, ...(cursor ? { cursor } : {}) };
    const { evaluated, nextCursor } = (await replayTrigger(
      { params: { id }, query, body: { from, to: now } } as never,
      ctx(),
    )) as {
      evaluated: { customers: number };
      nextCursor: string | null;
    };
    return { looked: evaluated.customers, nextCursor };
  };
  const first = await replay();
  expect(first).toEqual({ looked: 20, nextCursor: expect.any(String) });
  expect(await replay(first.nextCursor ?? '')).toEqual({ looked: 1, nextCursor: null });
});

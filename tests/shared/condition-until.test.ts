import { expect, test } from 'vitest';
import { Condition, evaluate, type Facts } from '../../functions/shared/conditions/condition.ts';
import { chance } from '../sequence.ts';

const hour = 3_600_000;
const day = 24 * hour;
// around a leap day, with the changes of the clocks within reach
const start = Date.parse('2028-02-20T00:00:00Z');
const iso = (ms: number) => new Date(ms).toISOString();
const durations = ['P0D', 'PT1H', 'P1D', 'P2D', 'P7D', 'P30D', 'P1M', 'P1Y'];
const types = ['order.completed', 'case.opened'];

type Chance = ReturnType<typeof chance>;

const instant = ({ below }: Chance) => iso(start + (below(48 * 60) - 24 * 60) * hour);
const time = (by: Chance) => instant(by).slice(0, by.pick([10, 24]));
const bound = (by: Chance) => by.pick([time(by), by.pick(durations), `-${by.pick(durations)}`]);
const count = ({ below }: Chance) => ({ gte: below(3), ...(below(2) ? { lt: 1 + below(4) } : {}) });

const leaf = (by: Chance): object => {
  const attribute = by.pick(['a', 'b', 'list']);
  const event = by.pick(types);
  const within = by.pick(durations);
  return by.pick<() => object>([
    () => ({ attribute, before: bound(by) }),
    () => ({ attribute, after: bound(by) }),
    () => ({ attribute, between: [bound(by), bound(by)] }),
    () => ({ attribute, anniversary: { in: by.pick(['P0D', 'P1D', 'P7D', 'P1M']) } }),
    () => ({ attribute, anniversary: { ago: by.pick(['P1D', 'P30D']) } }),
    () => ({ attribute, held: { for: within } }),
    () => ({ attribute, verified: { within } }),
    () => ({ attribute, observed: { within } }),
    () => ({ attribute, confidence: { gte: by.pick([0.2, 0.5]), lt: by.pick([0.9, 1]) } }),
    () => ({ event, within, count: count(by) }),
    () => ({ event, between: [bound(by), bound(by)], count: count(by) }),
    () => ({ event, within, sum: { of: 'n', gte: by.below(9) } }),
    () => ({ event, within, latest: { where: { n: [{ numeric: ['>', 2] }] } } }),
    () => ({ event, within, then: { event: by.pick(types), within: by.pick(durations) }, count: count(by) }),
    () => ({ event, regular: { periods: 4, of: 'P2D', inAtLeast: 2 }, count: count(by) }),
    () => ({ record: 'case', where: { attribute, before: bound(by) }, count: count(by) }),
    () => ({ organisation: { attribute, after: bound(by) } }),
    () => ({ consent: { channel: 'email', topic: 'news' } }),
  ])();
};

const condition = (by: Chance, depth = 0): object =>
  by.pick<() => object>([
    () => leaf(by),
    ...(depth < 2 ? [() => ({ not: condition(by, depth + 1) })] : []),
    ...(depth < 2 ? [() => ({ all: by.several(3, () => condition(by, depth + 1)) })] : []),
    ...(depth < 2 ? [() => ({ any: by.several(3, () => condition(by, depth + 1)) })] : []),
  ])();

const values = (by: Chance) => ({ a: time(by), b: time(by), list: by.several(2, () => time(by)) });

const declining = (at: string, now: string) =>
  Math.round(1000 * 2 ** (-Math.max(0, Date.parse(now) - Date.parse(at)) / (60 * day))) / 1000;

const factsOf = (by: Chance): Omit<Facts, 'now'> => {
  const at = instant(by);
  return {
    attributes: { ...values(by), timeZone: by.pick(['Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'x']) },
    events: by.several(6, () => ({ type: by.pick(types), occurredAt: instant(by), data: { n: by.below(6) } })),
    records: { case: by.several(3, () => values(by)) },
    known: (_, now) => [
      { source: 'api', observedAt: at, verified: { at, by: 'staff' }, confidence: declining(at, now) },
    ],
    changedAt: () => at,
    employer: { facts: { attributes: values(by) } },
    consents: [{ channel: 'email', topic: 'news', status: 'granted' }],
  };
};

test('time alone changes no answer before the instant that is named, and it changes some at it', () => {
  const by = chance(7);
  let changes = 0;
  for (let run = 0; run < 500; run++) {
    const { success, data } = Condition.safeParse(condition(by));
    if (!success) continue; // a near edge before the far one
    const facts = factsOf(by);
    const now = start + by.below(48) * hour;
    const holdsAt = (ms: number) => evaluate(data, { ...facts, now: iso(ms) }).holds;
    const { holds, until } = evaluate(data, { ...facts, now: iso(now) });
    const end = until === undefined ? now + 3 * 365 * day : Date.parse(until);
    expect(end).toBeGreaterThan(now);
    const random = Array.from({ length: 30 }, () => Math.floor(now + (by.below(1e9) / 1e9) * (end - now)));
    const daily = Array.from({ length: 100 }, (_, nth) => now + nth * day + by.below(24) * hour);
    const between = [...random, ...daily, end - 1].filter(ms => ms > now && ms < end);
    const other = between.find(ms => holdsAt(ms) !== holds);
    expect(other && { condition: data, facts, now: iso(now), until, other: iso(other) }).toBeUndefined();
    if (until !== undefined && holdsAt(end) !== holds) changes++;
  }
  expect(changes).toBeGreaterThan(40);
});

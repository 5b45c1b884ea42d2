import { expect, test } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { draw, dueAt } from '../../functions/campaigns/draw.ts';
import { countsOf, type Mark, marks, type Recipient, reaching, reported } from '../../functions/campaigns/recipient.ts';
import { nextParts } from '../../functions/campaigns/send-campaign.ts';

const plan = (more: Partial<Campaign> = {}) =>
  ({ id: 'cmp_1', holdout: 0.2, variants: [{ weight: 1 }, { weight: 3 }], ...more }) as Campaign;

test('groups are drawn in their shares, always the same, and independently of other campaigns', () => {
  const people = Array.from({ length: 20_000 }, (_, nth) => `cus_${nth}`);
  const groups = Map.groupBy(people, id => draw(plan(), id).arm);
  const share = (arm: string) => (groups.get(arm)?.length ?? 0) / people.length;
  expect([share('control'), share('a'), share('b')].map(one => Math.round(one * 50) / 50)).toEqual([0.2, 0.2, 0.6]);
  const held = (id: string) => people.filter(one => draw(plan({ id: id as Campaign['id'] }), one).spared === 'holdout');
  const other = new Set(held('cmp_2'));
  const both = held('cmp_1').filter(one => other.has(one)).length;
  expect(Math.abs(both / people.length - 0.04)).toBeLessThan(0.01);
  const global = (id: string) =>
    people.filter(one => draw(plan({ id: id as Campaign['id'], control: 'global' }), one).spared === 'control');
  expect(global('cmp_1')).toEqual(global('cmp_2'));
  expect(Math.abs(global('cmp_1').length / people.length - 0.05)).toBeLessThan(0.01);
});

test('a local time is the first at or after the earliest instant, within a day and the change of clocks', () => {
  const at = '2027-03-01T02:00:00.000Z';
  const due = (timeZone: string) => dueAt({ send: { at, localTime: '10:00' } }, '2027-02-01T00:00:00.000Z', timeZone);
  expect(due('Asia/Singapore')).toBe(at);
  expect(due('America/New_York')).toBe('2027-03-01T15:00:00.000Z');
  expect(due('Asia/Tokyo')).toBe('2027-03-02T01:00:00.000Z');
  expect(dueAt({ startAt: '2020-01-01T00:00:00Z' }, at, 'UTC')).toBe(at);
});

const start = '2027-01-01T00:00:00.000Z';
const day = (n: number) => `2027-01-${String(n).padStart(2, '0')}T00:00:00.000Z`;

type Happening = { mark: Mark } | { goal: number };

/** the same numbers each time, from 0 to 1 */
const lots = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32;
  return seed / 2 ** 32;
};

const play = (all: Happening[]) => {
  const first = { customerId: 'cus_1', campaignId: 'cmp_1', arm: 'a', drawnAs: 'cus_1', marks: [], version: 1 };
  return all.reduce<Recipient>(
    (before, one) =>
      'goal' in one
        ? reaching(before, { at: day(one.goal), value: { amount: 5, currency: 'SGD' } }, 'P7D')
        : reported(before, day(3), one.mark, 'P7D'),
    first as unknown as Recipient,
  );
};

test('whatever is delivered twice or in another order, a recipient counts for the same', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const lot = lots(seed);
    const pick = (most: number) => Math.floor(lot() * most);
    const all = Array.from(
      { length: pick(12) },
      (): Happening => (pick(2) ? { goal: 1 + pick(20) } : { mark: marks[pick(marks.length)] as Mark }),
    );
    const shuffled = [...all, ...all.slice(0, 3)]
      .map(one => ({ one, by: lot() }))
      .sort((a, b) => a.by - b.by)
      .map(({ one }) => one);
    expect(countsOf(play(shuffled)), `seed ${seed}`).toEqual(countsOf(play(all)));
    const isSent = all.some(one => 'mark' in one);
    const inTime = all.some(one => 'goal' in one && one.goal >= 3 && one.goal <= 10);
    expect(countsOf(play(all))['a.converted'] ?? 0, `seed ${seed}`).toBe(isSent && inTime ? 1 : 0);
  }
});

test('no minute has more than it may, and shards wait for their time', () => {
  const shard = (nth: number, dueAt: string, done = 0) => {
    const members = Array.from({ length: 3 }, () => ({ customerId: 'cus_1', arm: 'a' }));
    return { part: `shard#${nth}`, shard: { campaignId: 'cmp_1', dueAt, members, version: 1, done } as never };
  };
  const found = [shard(1, start, 3), shard(2, start, 1), shard(3, start), shard(4, day(9))];
  const now = '2027-01-02T00:00:30.000Z';
  const all = nextParts(found, { more: false, now });
  expect(all).toMatchObject({ send: [{ upTo: 3 }, { upTo: 3 }], wait: day(9), over: false, at: { after: 'shard#3' } });
  const paced = nextParts(found, { more: false, now, perMinute: 4 });
  expect(paced).toMatchObject({ send: [{ upTo: 3 }, { upTo: 2 }], at: { after: 'shard#2' } });
  expect(paced.wait).toBe('2027-01-02T00:01:30.000Z');
  expect(nextParts(found.slice(0, 3), { more: false, now }).over).toBe(true);
  expect(nextParts([], { more: false, now }).over).toBe(true);
});

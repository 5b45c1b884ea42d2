import { expect, test } from 'vitest';
import * as z from 'zod';
import { insert } from '../../functions/shared/store/changes.ts';
import { entity } from '../../functions/shared/store/entity.ts';
import { allPages, everyRecord } from '../../functions/shared/store/record-page.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { changeTable, ownTable } from '../tracking/own-table.ts';

const Thing = z.object({ id: z.string(), owner: z.string(), word: z.string(), until: z.string().optional() });
type Thing = z.output<typeof Thing>;

const things = entity('thing', Thing, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['thing', 'all'], part: id }),
  owner: ({ owner }) => owner,
  lists: {
    sharded: { by: () => 'all', shards: 4 },
    customer: { by: ({ owner }) => owner },
    items: { by: () => 'all', shards: 4 },
  },
  entries: { word: { of: ({ word }) => [word], bucket: word => word.slice(0, 1) } },
  expires: ({ until }) => until,
});

/** items that a page of the table has at most, as if they were large */
let cutAt = Number.POSITIVE_INFINITY;

/** A tenant with 40 things, of which every fourth has expired, behind a table that cuts its pages. */
const filled = async () => {
  await ownTable(thisStack().awsUrl);
  changeTable(
    call => (input: { Limit?: number }) =>
      call(input.Limit ? { ...input, Limit: Math.min(input.Limit, cutAt) } : input),
  );
  const tenant = `pages${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const now = new Date().toISOString();
  const all = Array.from({ length: 40 }, (_, nth): Thing => {
    const until = nth % 4 ? {} : { until: new Date(Date.parse(now) + 3_600_000).toISOString() };
    return {
      id: `thg_${String(nth).padStart(2, '0')}`,
      owner: 'cus_1',
      word: `w${String(nth).padStart(2, '0')}`,
      ...until,
    };
  });
  const early = openStore({ tenant, now, actor: 'test' });
  expect((await early.commitAll(all.map(one => [insert(things, one)]))).filter(Boolean)).toEqual([]);
  // the local table deletes by its own clock: for this store they have expired and are still there
  const store = openStore({ tenant, now: new Date(Date.parse(now) + 7_200_000).toISOString(), actor: 'test' });
  return { store, ids: all.filter(({ until }) => !until).map(({ id }) => id) };
};

test('however small the pages of the table are, a list has all its records once and in order', async () => {
  const { store, ids } = await filled();
  const idsOf = (found: { id: string }[]) => found.map(({ id }) => id);
  for (const size of [1, 3, 7, 100]) {
    cutAt = size;
    for (const name of ['sharded', 'items', 'customer']) {
      for (const upwards of [true, false]) {
        const by = name === 'customer' ? 'cus_1' : 'all';
        const found = await allPages(cursor => store.list(things, name, by, { limit: 5, cursor, upwards }));
        expect([size, name, idsOf(found)]).toEqual([size, name, upwards ? ids : ids.toReversed()]);
      }
    }
    const belonging = await allPages(cursor => store.belonging(things, 'cus_1', { limit: 5, cursor, upwards: true }));
    expect(idsOf(belonging).sort()).toEqual(ids);
    expect(
      idsOf(await Array.fromAsync(everyRecord(store, things, ['thing', 'all'], { limit: 5, upwards: true }))),
    ).toEqual(ids);
  }
});

test('fewer than the limit are all there are', async () => {
  const { store, ids } = await filled();
  cutAt = 3;
  expect(await store.owned('cus_1', { limit: 200 })).toHaveLength(ids.length);
  expect(await store.filed('cus_1', { kinds: ['thing'], limit: 200 })).toHaveLength(2 * ids.length);
  const { items, last } = await store.partition(['thing', 'all'], { limit: 200 });
  expect([items.length, last]).toEqual([ids.length, undefined]);
  const beside = await store.beside(things, 'word', 'w20', { limit: 15, upwards: true });
  expect(beside).toHaveLength(15);
});

test('lookups go on behind a page that has only expired items', async () => {
  const { store } = await filled();
  cutAt = 1;
  const found = await allPages(cursor => store.lookup(things, 'word', 'w', { limit: 2, cursor, prefix: true }));
  expect(found).toHaveLength(30);
});

test('an empty string in a key is refused as DynamoDB does', async () => {
  const { store } = await filled();
  const beside = { limit: 5, upwards: false, within: '' };
  expect(await store.beside(things, 'word', 'w20', beside)).toHaveLength(5);
  const within = { from: '', to: 'x' };
  await expect(store.partition(['thing', 'all'], { limit: 5, within })).rejects.toThrow('a key cannot be empty');
  await expect(store.get(things, { id: '' })).rejects.toThrow('a key cannot be empty');
});

import { expect } from 'vitest';
import * as z from 'zod';
import { insert } from '../../functions/shared/store/changes.ts';
import { entity } from '../../functions/shared/store/entity.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { changeTable, ownTable } from '../tracking/own-table.ts';

const Thing = z.object({ id: z.string(), owner: z.string(), word: z.string(), until: z.string().optional() });
type Thing = z.output<typeof Thing>;

export const things = entity('thing', Thing, {
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

let cutAt = Number.POSITIVE_INFINITY;

/** so many items a page of the table has at most, as if they were large */
export const cutPages = (at: number) => {
  cutAt = at;
};

/** A tenant with 40 things, of which every fourth has expired, behind a table that cuts its pages. */
export const filled = async () => {
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

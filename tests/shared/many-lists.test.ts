import { expect, test } from 'vitest';
import * as z from 'zod';
import { insert, remove, update } from '../../functions/shared/store/changes.ts';
import { entity } from '../../functions/shared/store/entity.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { ownTable } from '../tracking/own-table.ts';
import { world } from '../world.ts';

const Ticket = z.object({ id: z.string(), status: z.string(), owner: z.string(), topic: z.string(), version: z.int() });
type Ticket = z.output<typeof Ticket>;

/** more lists than the table has indexes for lists */
const tickets = entity('test-ticket', Ticket, {
  onErase: 'not-personal',
  lists: {
    status: { by: ({ status }) => status },
    owner: { by: ({ owner }) => owner },
    topic: { by: ({ topic }) => (topic === 'none' ? undefined : topic), sort: ({ owner }) => owner, shards: 3 },
    version: { by: ({ version }) => String(version) },
  },
});

const storeOf = async () => {
  const crm = await world();
  await ownTable(crm.awsUrl);
  return openStore({ tenant: crm.tenant, now: await crm.now(), actor: 'test' });
};

const ticket = (nth: number, topic = 'brakes'): Ticket => ({
  id: `ticket_${String(nth).padStart(26, '0')}`,
  status: 'open',
  owner: `owner-${nth % 4}`,
  topic,
  version: 1,
});

test('an entity has any number of lists: those beyond the indexes are read in the same way', async () => {
  const store = await storeOf();
  for (let nth = 0; nth < 10; nth++) await store.commit([insert(tickets, ticket(nth, nth === 9 ? 'none' : 'brakes'))]);

  const topics: Ticket[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.list(tickets, 'topic', 'brakes', { limit: 4, upwards: true, cursor });
    expect(page.items.length).toBeLessThanOrEqual(4);
    topics.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  expect(topics.map(({ owner }) => owner)).toEqual(topics.map(({ owner }) => owner).sort());
  expect(topics.map(({ id }) => id).sort()).toEqual(Array.from({ length: 9 }, (_, nth) => ticket(nth).id));

  const kept = await store.list(tickets, 'topic', 'brakes', { limit: 25, keep: ({ owner }) => owner === 'owner-2' });
  expect(kept.items.map(({ id }) => id).sort()).toEqual([ticket(2).id, ticket(6).id]);
  const latest = await store.list(tickets, 'version', '1', { limit: 3 });
  expect(latest.items.map(({ id }) => id)).toEqual([9, 8, 7].map(nth => ticket(nth).id));
});

test('a record that changes or goes leaves the lists that it was on', async () => {
  const store = await storeOf();
  const before = ticket(1);
  await store.commit([insert(tickets, before)]);
  const after = { ...before, topic: 'tyres', version: 2 };
  await store.commit([update(tickets, before, after)]);
  const on = async (list: string, by: string) => (await store.list(tickets, list, by, { limit: 25 })).items.length;
  expect([await on('topic', 'brakes'), await on('topic', 'tyres')]).toEqual([0, 1]);
  expect([await on('version', '1'), await on('version', '2')]).toEqual([0, 1]);
  await store.commit([remove(tickets, after)]);
  expect([await on('topic', 'tyres'), await on('version', '2'), await on('status', 'open')]).toEqual([0, 0, 0]);
});

import { expect, test } from 'vitest';
import { related } from '../relations-world.ts';
import { world } from '../world.ts';

type Body = Record<string, unknown>;

const feeding = async () => {
  const crm = related(await world());
  const read = async (after: number, query: Record<string, string | number> = {}, token?: string) => {
    const asked = await crm.ask('GET /v1/changes', { query: { after, ...query }, ...(token && { token }) });
    expect(asked.status).toBe(200);
    return asked.body as { items: (Body & { sequence: number; type: string; id: string })[]; next: number };
  };
  return { ...crm, read };
};

test('everything that happened has a number, in one order, once', async () => {
  const crm = await feeding();
  const people = await Promise.all(Array.from({ length: 20 }, (_, nth) => crm.person({ givenName: `P${nth}` })));
  await crm.idle();
  const pages = [];
  for (let after = 0; ; ) {
    const { items, next } = await crm.read(after, { limit: 7 });
    if (next === after) break;
    pages.push(...items);
    after = next;
  }
  const sequences = pages.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, nth) => nth + 1));
  const created = pages.filter(({ type }) => type === 'customer.created');
  expect(created.map(({ about }) => about).sort()).toEqual([...people].sort());
  expect(created[0]).toMatchObject({ data: { kind: 'person' }, at: expect.any(String) });
  expect((await crm.read(0)).items.map(({ id }) => id)).toEqual(pages.map(({ id }) => id));
});

test('who reads while others write and read misses nothing, and nothing appears behind a number', async () => {
  const crm = await feeding();
  const seen: string[][] = [[], [], []];
  const follow = async (mine: string[]) => {
    let after = 0;
    for (let quiet = 0; quiet < 2; ) {
      const { items, next } = await crm.read(after, { limit: 10 });
      mine.push(...items.map(({ sequence, id }) => `${sequence} ${id}`));
      if (next === after) await crm.idle();
      quiet = next === after ? quiet + 1 : 0;
      after = next;
    }
  };
  await Promise.all([...seen.map(follow), ...Array.from({ length: 15 }, () => crm.person())]);
  await Promise.all(seen.map(follow));
  const all = (await crm.read(0)).items.map(({ sequence, id }) => `${sequence} ${id}`);
  for (const mine of seen) expect([...new Set(mine)].sort()).toEqual([...all].sort());
});

test('only what is asked for and what the caller may read is shown; what was erased has no data', async () => {
  const crm = await feeding();
  const id = await crm.person();
  await crm.at('PATCH /v1/customers/{id}', id, { body: { familyName: 'Unforgettable' } });
  await crm.ask('POST /v1/opportunities', { body: { customerId: id, name: 'A car' } });
  await crm.idle();
  const types = async (query: Record<string, string>, token?: string) =>
    (await crm.read(0, query, token)).items.map(({ type }) => type);
  expect(await types({ types: 'opportunity.*' })).toEqual(['opportunity.created']);
  expect(await types({ types: 'opportunity.*,customer.created' })).toHaveLength(2);
  const marketer = await crm.tokenFor(['marketer']);
  expect(await types({ types: 'opportunity.*' }, marketer)).toEqual([]);
  expect(await crm.badFields(crm.ask('GET /v1/changes', { query: { after: '-1', types: 'a b' } }))).toEqual([
    422,
    'after',
    'types',
  ]);
  expect(JSON.stringify(await crm.read(0))).toContain('Unforgettable');
  await crm.at('POST /v1/customers/{id}/erase', id, { body: { reason: 'asked' } });
  await crm.idle();
  const { items } = await crm.read(0, { types: 'customer.created' });
  expect(items).toMatchObject([{ about: id, data: null }]);
  expect(JSON.stringify(await crm.read(0))).not.toContain('Unforgettable');
});

test('what happened to a customer who was merged into another is still there', async () => {
  const crm = await feeding();
  const [into, from] = [await crm.person(), await crm.person({ givenName: 'Adah' })];
  await crm.merge(into, from);
  await crm.idle();
  const { items } = await crm.read(0, { types: 'customer.created' });
  expect(items.map(({ data }) => (data as Body | null)?.kind)).toEqual(['person', 'person']);
});

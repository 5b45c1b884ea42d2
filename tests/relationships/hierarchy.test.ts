import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

test('the accounts above and below an account are read in one request, as of a day', async () => {
  const crm = related(await world());
  const [top, mid, left, right] = await Promise.all(['Top', 'Mid', 'Left', 'Right'].map(crm.organisation));
  await crm.relate(mid!, { type: 'parent', to: top, from: '2020-01-01' });
  await crm.relate(left!, { type: 'parent', to: mid });
  await crm.relate(right!, { type: 'parent', to: mid, until: '2021-12-31' });
  const hierarchy = async (query = {}) => (await crm.at('GET /v1/customers/{id}/hierarchy', mid!, { query })).body;
  const now = await hierarchy();
  expect(now).toMatchObject({
    ancestors: [{ id: top, name: 'Top', depth: -1, parentId: null }],
    accounts: [
      { id: mid, depth: 0, parentId: top },
      { id: left, depth: 1, parentId: mid },
    ],
    more: false,
  });
  const then = await hierarchy({ on: '2019-06-01' });
  expect(then.ancestors).toEqual([]);
  expect(then.accounts.map(({ name }: Body) => name).sort()).toEqual(['Left', 'Mid', 'Right']);
  expect(await hierarchy({ on: '2019-06-01', limit: 2 })).toMatchObject({ more: true, accounts: [{}, {}] });
});

test('an account has one parent at a time, no cycle above it, and at most 20 levels above it', async () => {
  const crm = related(await world());
  const [a, b, c] = [await crm.organisation(), await crm.organisation(), await crm.organisation()];
  const under = (id: string, to: string, more: Body = {}) => crm.relate(id, { type: 'parent', to, ...more });
  await under(b, a);
  await under(c, b);
  expect(await crm.refused(under(a, c))).toEqual([409, 'hierarchy.cycle']);
  expect(await crm.refused(under(c, a))).toEqual([409, 'relationship.exclusive']);
  expect(await crm.refused(under(a, c, { until: '2000-01-01' }))).toEqual([409, 'hierarchy.cycle']);
  let bottom = c;
  for (let depth = 3; depth <= 20; depth++) {
    const next = await crm.organisation();
    expect((await under(next, bottom)).status).toBe(201);
    bottom = next;
  }
  expect(await crm.refused(under(await crm.organisation(), bottom))).toEqual([409, 'hierarchy.too-deep']);
  const { body } = await crm.at('GET /v1/customers/{id}/hierarchy', a);
  expect([body.accounts.length, body.more]).toEqual([21, false]);
});

test('a parent that would form a cycle after a merge is set aside until the merge is undone', async () => {
  const crm = related(await world());
  const [a, b, child] = [await crm.organisation(), await crm.organisation(), await crm.organisation()];
  await crm.relate(child, { type: 'parent', to: a });
  await crm.relate(b, { type: 'parent', to: child });
  await crm.merge(a, b);
  const hierarchy = async (id: string) => (await crm.at('GET /v1/customers/{id}/hierarchy', id)).body;
  expect(await hierarchy(a)).toMatchObject({ ancestors: [], accounts: [{ id: a }, { id: child }] });
  await crm.unmerge(a, b);
  expect((await hierarchy(a)).accounts.map(({ id }: Body) => id)).toEqual([a, child, b]);
});

import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('a list shows what changed since an instant, page by page; what has no such time does not take it', async () => {
  const crm = slice(await world());
  const people = [];
  for (let nth = 0; nth < 6; nth++) people.push(await crm.customer());
  const since = await crm.now();
  for (const nth of [4, 1]) await crm.happen(people[nth]!.id);
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1, updatedSince: since, ...(cursor ? { cursor } : {}) };
    const { status, body } = await crm.ask('GET /v1/customers', { query });
    expect([status, body.items.length <= 1]).toEqual([200, true]);
    found.push(...body.items.map(({ id }: { id: string }) => id));
    cursor = body.nextCursor ?? undefined;
  } while (cursor);
  expect(found).toEqual([people[4]!.id, people[1]!.id]);
  const bad = await crm.ask('GET /v1/templates', { query: { updatedSince: 'yesterday' } });
  expect([bad.status, bad.body.errors[0].path]).toEqual([422, 'updatedSince']);
  const timeline = { params: { id: people[0]!.id }, query: { updatedSince: since } };
  expect((await crm.ask('GET /v1/customers/{id}/timeline', timeline)).status).toBe(422);
});

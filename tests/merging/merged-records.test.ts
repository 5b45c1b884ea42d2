import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { related } from '../relations-world.ts';

test('a merged customer’s orders are listed at the one that stands, and what moves is counted once', async () => {
  const crm = related(await world());
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.order(b, 'o-1');
  await crm.ask('POST /v1/activities', { body: { customerId: b, kind: 'task', subject: 'To do' } });
  const { body } = await crm.merge(a, b, { dryRun: true });
  expect(body.merge.moves.records).toEqual({ order: 1, activity: 1 });
  await crm.merge(a, b);
  const orders = async (customerId: string) =>
    (await crm.ask('GET /v1/orders', { query: { customerId } })).body.items.map(
      ({ number }: { number: string }) => number,
    );
  expect([await orders(a), await orders(b)]).toEqual([['o-1'], []]);
  await crm.unmerge(a, b);
  expect([await orders(a), await orders(b)]).toEqual([[], ['o-1']]);
});

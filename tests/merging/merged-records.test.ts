import { expect, test } from 'vitest';
import { related } from '../relations-world.ts';
import { world } from '../world.ts';

test('orders of a merged customer are listed at the remaining one, and each moved record is counted once', async () => {
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

import { beforeAll, expect, test } from 'vitest';
import { trackedPage } from '../../events/tracked.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { emit } from '../../functions/shared/store/changes.ts';
import { plus } from '../../functions/shared/time/duration.ts';
import { settle } from '../../functions/web-analytics/settle.ts';
import { changeTable, ownTable } from '../tracking/own-table.ts';
import { tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

let written = 0;

/** units of writes that the table charges, as it says itself */
const counting = () =>
  changeTable((call, name) => async input => {
    const reply = (await call({ ...input, ReturnConsumedCapacity: 'TOTAL' })) as { ConsumedCapacity?: unknown };
    const all = [reply.ConsumedCapacity ?? []].flat() as { CapacityUnits: number }[];
    if (/write|put|update|delete/i.test(name))
      written += all.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    return reply;
  });

beforeAll(async () => {
  await ownTable((await world()).awsUrl);
  counting();
});

const context = {
  page: { url: 'https://shop.example/cars?utm_source=news', referrer: 'https://news.example/' },
  campaign: { source: 'news', medium: 'email' },
  userAgent: 'Mozilla/5.0',
};

test('a session costs seven units of writes beside its events, one of an unknown visitor six, and each half hour more of it one', async () => {
  const shop = await tracker(await world());
  const id = (await shop.customer()) as `cus_${string}`;
  const start = await shop.now();
  const at = (now: string) => ctxOf({ tenant: shop.tenant, actor: 'test', now });
  const event = (nth: number, of: object) =>
    emit(trackedPage, {
      about: id,
      data: { event: `/p${nth}`, properties: {}, context },
      occurredAt: plus(start, `PT${nth}S`),
      ...of,
    });
  const costOf = async (visitor: Parameters<typeof settle>[0], of: object, settled: string[]) => {
    await at(plus(start, 'PT60S')).store.append(Array.from({ length: 10 }, (_, nth) => event(nth, of)));
    written = 0;
    for (const after of settled) await settle(visitor, 'digest', { from: start, to: null }, at(plus(start, after)));
    return written;
  };
  // the first settling of a customer also keeps its first and last touch
  await costOf({ customerId: id, visitor: null }, { customerId: id }, ['PT5S']);
  const customers = await costOf({ customerId: id, visitor: null }, { customerId: id }, ['PT5S', 'PT31M']);
  const visitor = `anonymousId:${shop.tenant}`;
  const unknown = await costOf({ customerId: null, visitor }, { of: ['anonymous', visitor] }, ['PT1H']);
  // and one for the timer that began it, of a visitor two
  expect(customers).toBeLessThanOrEqual(6);
  expect(unknown).toBeLessThanOrEqual(4);
});

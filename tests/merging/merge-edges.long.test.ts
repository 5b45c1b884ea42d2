import { expect, test } from 'vitest';
import { messageId, tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';
import { merging } from './merge-pair.ts';

test('a job moves a long history, and another moves it back', async () => {
  const crm = merging(await world());
  const shop = await tracker(crm);
  const [a, b] = [
    await crm.customer({ givenName: 'Ada' }),
    await crm.customer({ givenName: 'Ada', externalId: 'u-b' }),
  ];
  const call = (nth: number) => ({
    type: 'track',
    messageId: messageId(),
    timestamp: new Date(Date.now() - nth * 1000).toISOString(),
    userId: 'u-b',
    event: `Event ${nth}`,
  });
  const many = 1100;
  for (let at = 0; at < many; at += 100) {
    const batch = Array.from({ length: 100 }, (_, nth) => call(at + nth));
    expect((await shop.post('/v1/batch', { batch })).status).toBe(200);
  }
  await crm.idle();
  const count = async (id: string) => {
    let [seen, cursor]: [number, string | null] = [0, ''];
    while (cursor !== null) {
      const query: Record<string, string | number> = {
        type: 'tracked.track',
        limit: 100,
        ...(cursor ? { cursor } : {}),
      };
      const { body } = await crm.at('GET /v1/customers/{id}/timeline', id, { query });
      seen += body.items.length;
      cursor = body.nextCursor;
    }
    return seen;
  };
  expect(await count(b)).toBe(many);
  expect((await crm.merge(a, b)).body.merge.moves).toMatchObject({ events: 100, more: true });
  await crm.idle();
  expect(await count(a)).toBe(many);
  expect((await crm.unmerge(a, b)).status).toBe(200);
  await crm.idle();
  expect([await count(a), await count(b)]).toEqual([0, many]);
  const merges = (await crm.at('GET /v1/customers/{id}/merges', a)).body.items;
  expect(merges).toMatchObject([{ state: 'unmerged', unmergeable: false }]);
});

import { expect, test } from 'vitest';
import { trackedTrack } from '../../events/tracked.ts';
import { unknownPartition } from '../../functions/shared/events/anonymous-partition.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { emit } from '../../functions/shared/store/changes.ts';
import { world } from '../world.ts';
import { ownTable } from './own-table.ts';
import { messageId, tracker } from './tracker.ts';

test('what a slow request stores under an identity after it was linked is moved a minute later', async () => {
  const shop = await tracker(await world());
  await shop.post('/v1/identify', { messageId: messageId(), anonymousId: 'd', userId: 'u-1' });
  await shop.idle();
  const { id } = await shop.byExternalId('u-1');

  // the last write of a request that had read the identity as unknown
  await ownTable(shop.awsUrl);
  const { store } = ctxOf({ tenant: shop.tenant, actor: 'source:test', now: await shop.now() });
  const identity = { type: 'anonymousId', value: 'd' } as const;
  const data = { event: 'Late', properties: {}, context: {} };
  await store.append([emit(trackedTrack, { about: 'anonymousId:d', of: unknownPartition(identity), data })]);
  expect(await shop.events(id)).toEqual([]);

  await shop.advance('PT61S');
  await shop.idle();
  expect(await shop.events(id)).toMatchObject([{ about: id, data: { event: 'Late' } }]);
});

test('a whole batch without times is stored, and once', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const batch = Array.from({ length: 90 }, (_, nth) => ({
    type: 'track',
    messageId: `${shop.tenant}-${nth}`,
    userId: 'u-1',
    event: 'Timeless',
  }));
  for (const _ of [1, 2]) expect((await shop.post('/v1/batch', { batch })).status).toBe(200);
  expect(await shop.events(id)).toHaveLength(90);
});

import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { messageId, track, tracker } from './tracker.ts';

test('a call put on the bus takes the same road as one by HTTP', async () => {
  const shop = await tracker(await world());
  const { type, ...call } = track('Ordered', { properties: { total: 1 } });
  await shop.put('identify', { messageId: messageId(), userId: 'u-1', traits: { email: 'ada@example.com' } });
  await shop.put('track', call, 'com.example.shop');
  await shop.put('page', { userId: 'u-1', name: 'Home' });
  await shop.idle();
  const ada = await shop.byEmail('ada@example.com');
  expect(ada).toMatchObject({ externalId: 'u-1' });
  expect(await shop.events(ada.id)).toMatchObject([
    { actor: 'source:bus:com.example.shop', data: { event: 'Ordered', properties: { total: 1 }, context: {} } },
  ]);
  expect(await shop.events(ada.id, 'tracked.page')).toHaveLength(1);
});

test('a message that comes by HTTP and on the bus is one event', async () => {
  const shop = await tracker(await world());
  const id = await shop.customer();
  const { type, ...call } = track('Ordered');
  const { timestamp, ...timeless } = track('Timeless');
  await shop.put('track', call);
  await shop.put('track', timeless);
  await new Promise(resolve => setTimeout(resolve, 1100)); // the bus tells time by the second
  await shop.put('track', call);
  await shop.put('track', timeless);
  await shop.idle();
  await shop.post('/v1/track', call);
  expect((await shop.events(id)).map(({ data }) => data.event).sort()).toEqual(['Ordered', 'Timeless']);
});

test('an invalid call on the bus is listed as rejected and not tried again', async () => {
  const shop = await tracker(await world());
  await shop.put('track', { userId: 'u-1' }, 'till');
  await shop.put('track', { tenant: 'NOT A TENANT', userId: 'u-1', event: 'X' });
  await shop.put('track', { tenant: 7, userId: 'u-1', event: 'X' });
  await shop.idle();
  expect(await shop.rejections()).toMatchObject([
    {
      endpoint: 'bus track',
      source: 'bus:till',
      rejected: 1,
      reasons: [{ reason: 'a track call needs event, a text' }],
    },
  ]);
});

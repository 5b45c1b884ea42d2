import { expect, test } from 'vitest';
import { messageId, tracker } from '../../tracking/tracker.ts';
import { world } from '../../world.ts';
import { erase } from './erase.ts';

const shopWith = async () => {
  const shop = await tracker(await world());
  const id = await shop.customer({ externalId: 'u-1', email: `ada@${shop.tenant}.example` });
  const before = await shop.now();
  const calls = [
    { type: 'identify', messageId: messageId(), userId: 'u-1', anonymousId: 'd-1', traits: { nick: 'kelp' } },
    { type: 'track', messageId: messageId(), userId: 'u-1', event: 'Pond Viewed', properties: { sku: 'kelp' } },
    { type: 'track', messageId: messageId(), anonymousId: 'd-1', event: 'Pond Bought' },
    { type: 'alias', messageId: messageId(), userId: 'u-1', previousId: 'd-2' },
  ];
  const send = (timestamp?: string) =>
    shop.post('/v1/batch', { batch: calls.map(call => (timestamp ? { ...call, timestamp } : call)) });
  expect((await send(before)).status).toBe(200);
  await shop.idle(60_000);
  return { ...shop, id, before, send };
};

test('calls from before the erasure that trackers send again are rejected, and create no customer', async () => {
  const shop = await shopWith();
  await erase(shop, shop.id);
  await shop.send(shop.before);
  await shop.idle(60_000);
  await shop.send(shop.before);
  await shop.idle(60_000);
  expect(await shop.byExternalId('u-1')).toBeUndefined();
  const [last] = await shop.rejections();
  expect([last?.rejected, last?.reasons[0]?.reason]).toEqual([4, 'is from before its customer was erased']);
});

test('a call without a time counts as old until no queue can hold it any more', async () => {
  const shop = await shopWith();
  await erase(shop, shop.id);
  await shop.idle(60_000);
  await shop.post('/v1/identify', { userId: 'u-1', traits: { nick: 'kelp' } });
  await shop.idle(60_000);
  expect(await shop.byExternalId('u-1')).toBeUndefined();
  await shop.advance('P15D');
  await shop.post('/v1/identify', { userId: 'u-1', traits: { nick: 'weed' } });
  await shop.idle(60_000);
  expect((await shop.byExternalId('u-1')).attributes).toEqual({ nick: 'weed' });
});

test('who signs up again is a new customer without anything of the old one', async () => {
  const shop = await shopWith();
  await erase(shop, shop.id);
  await shop.idle(60_000);
  await shop.advance('PT1H');
  const call = { messageId: messageId(), userId: 'u-1', timestamp: await shop.now() };
  await shop.post('/v1/identify', { ...call, traits: { email: `ada@${shop.tenant}.example` } });
  await shop.idle(60_000);
  const again = await shop.byExternalId('u-1');
  expect(again).toMatchObject({ email: `ada@${shop.tenant}.example` });
  expect(again.id).not.toBe(shop.id);
  expect(again.attributes).toBeUndefined();
  await shop.send(shop.before);
  await shop.idle(60_000);
  expect(await shop.events(again.id)).toEqual([]);
});

test('staff may create the customer again: that is another consent', async () => {
  const shop = await shopWith();
  await erase(shop, shop.id);
  await shop.idle(60_000);
  const again = await shop.ask('POST /v1/customers', { body: { givenName: 'Ada', externalId: 'u-1' } });
  expect(again.status).toBe(201);
  await shop.post('/v1/track', { userId: 'u-1', event: 'Pond Viewed' });
  await shop.idle(60_000);
  expect((await shop.events(again.body.id)).map(({ data }) => data.event)).toEqual(['Pond Viewed']);
});

test('another user of a shared device loses nothing', async () => {
  const shop = await shopWith();
  const eve = await shop.customer({ externalId: 'u-2', givenName: 'Eve' });
  await erase(shop, shop.id);
  await shop.idle(60_000);
  const call = { messageId: messageId(), userId: 'u-2', anonymousId: 'd-1', timestamp: shop.before };
  await shop.post('/v1/track', { ...call, event: 'Reef Viewed' });
  await shop.idle(60_000);
  expect((await shop.events(eve)).map(({ data }) => data.event)).toEqual(['Reef Viewed']);
});

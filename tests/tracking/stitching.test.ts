import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { messageId, track, tracker } from './tracker.ts';

const identify = (more: Record<string, unknown>) => ({
  type: 'identify',
  messageId: messageId(),
  timestamp: new Date().toISOString(),
  ...more,
});

test('behaviour of an unknown visitor is on the customer’s timeline once the visitor is identified', async () => {
  const shop = await tracker(await world());
  const timestamp = new Date(Date.now() - 60_000).toISOString();
  const before = [
    track('Viewed', { anonymousId: 'device-1', timestamp }),
    track('Compared', { anonymousId: 'device-1' }),
  ];
  await shop.post('/v1/batch', { batch: before });
  await shop.post(
    '/v1/identify',
    identify({ anonymousId: 'device-1', userId: 'u-1', traits: { email: 'Ada@Example.com' } }),
  );
  await shop.idle();
  await shop.post('/v1/track', track('Ordered'));
  await shop.post('/v1/track', track('Left', { anonymousId: 'device-1' }));

  const ada = await shop.byExternalId('u-1');
  expect(ada).toMatchObject({ email: 'ada@example.com', externalId: 'u-1' });
  const events = await shop.events(ada.id);
  expect(events.map(({ data }) => data.event)).toEqual(['Viewed', 'Compared', 'Ordered', 'Left']);
  expect(events.every(({ about }) => about === ada.id)).toBe(true);
  expect(await shop.events(ada.id, 'tracked.identify')).toHaveLength(1);
});

test('behaviour tracked under a user id waits for the customer that is created with it', async () => {
  const shop = await tracker(await world());
  await shop.post('/v1/track', track('Early'));
  const id = await shop.customer();
  await shop.idle();
  expect(await shop.events(id)).toHaveLength(1);
  const other = await shop.customer({ externalId: undefined, givenName: 'Eve' });
  await shop.post('/v1/track', track('Earlier', { userId: 'u-2' }));
  await shop.ask('PATCH /v1/customers/{id}', { params: { id: other }, body: { externalId: 'u-2' } });
  await shop.idle();
  expect((await shop.events(other)).map(({ data }) => data.event)).toEqual(['Earlier']);
});

test('a message that is sent again after its history has moved is still one event', async () => {
  const shop = await tracker(await world());
  const call = track('Viewed', { anonymousId: 'device-1' });
  await shop.post('/v1/track', call);
  await shop.post('/v1/identify', identify({ anonymousId: 'device-1', userId: 'u-1' }));
  await shop.idle();
  await shop.post('/v1/track', call);
  const ada = await shop.byExternalId('u-1');
  expect(await shop.events(ada.id)).toHaveLength(1);
});

test('a long history moves whole', async () => {
  const shop = await tracker(await world());
  const start = Date.parse(await shop.now()) - 3_600_000;
  const at = (nth: number) => new Date(start + nth).toISOString();
  const batch = Array.from({ length: 250 }, (_, nth) => track(`E${nth}`, { anonymousId: 'd', timestamp: at(nth) }));
  await shop.post('/v1/batch', { batch });
  await shop.post('/v1/identify', identify({ anonymousId: 'd', userId: 'u-1' }));
  await shop.idle();
  const { id } = await shop.byExternalId('u-1');
  let found = 0;
  let cursor: string | undefined;
  do {
    const query = { type: 'tracked.track', limit: 100, ...(cursor ? { cursor } : {}) };
    const { body } = await shop.ask('GET /v1/customers/{id}/timeline', { params: { id }, query });
    found += body.items.length;
    cursor = body.nextCursor;
  } while (cursor);
  expect(found).toBe(250);
});

test('on a shared device each has its own events, and what nobody signed in for is the last one’s', async () => {
  const shop = await tracker(await world());
  const device = { anonymousId: 'kiosk' };
  for (const userId of ['u-1', 'u-2']) {
    await shop.post('/v1/identify', identify({ ...device, userId, traits: { email: `${userId}@example.com` } }));
    await shop.idle();
    await shop.post('/v1/track', track(`by ${userId}`, { ...device, userId }));
    await shop.post('/v1/track', track(`after ${userId}`, device));
  }
  const [one, two] = [await shop.byExternalId('u-1'), await shop.byExternalId('u-2')];
  expect((await shop.events(one.id)).map(({ data }) => data.event)).toEqual(['by u-1', 'after u-1']);
  expect((await shop.events(two.id)).map(({ data }) => data.event)).toEqual(['by u-2', 'after u-2']);
});

test('an identify call that arrives late does not take a device back', async () => {
  const shop = await tracker(await world());
  const now = Date.parse(await shop.now());
  const at = (ago: number) => new Date(now - ago).toISOString();
  await shop.post('/v1/identify', identify({ anonymousId: 'd', userId: 'u-2', timestamp: at(1000) }));
  await shop.idle();
  await shop.post('/v1/identify', identify({ anonymousId: 'd', userId: 'u-1', timestamp: at(90_000) }));
  await shop.idle();
  await shop.post('/v1/track', track('Viewed', { anonymousId: 'd' }));
  expect((await shop.events((await shop.byExternalId('u-2')).id)).map(({ data }) => data.event)).toEqual(['Viewed']);
});

test('what is tracked under the id of a merged customer is the survivor’s at once, and fires its triggers', async () => {
  const shop = await tracker(await world());
  const email = `ada@${shop.tenant}.example`;
  const into = await shop.customer({ externalId: undefined, email });
  const from = await shop.customer({ externalId: 'u-9' });
  const template = { name: 't', channel: 'email', subject: '{{ event.name }}', body: 'Hello' };
  const { body: made } = await shop.ask('POST /v1/templates', { body: template });
  const when = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Ordered'] } } };
  const then = [{ send: { templateId: made.id, topic: null } }];
  await shop.ask('POST /v1/triggers', { body: { name: 'thanks', when, then, state: 'active' } });
  await shop.post('/v1/track', track('Viewed', { userId: 'u-9' }));
  await shop.ask('POST /v1/customers/{id}/merge', { params: { id: into }, body: { from } });
  await shop.idle();
  await shop.post('/v1/track', track('Ordered', { userId: 'u-9' }));
  expect((await shop.events(into)).map(({ data }) => data.event)).toEqual(['Viewed', 'Ordered']);
  await shop.idle();
  expect((await shop.outbox(email)).map(({ subject }) => subject)).toEqual(['Ordered']);
});

test('an alias joins the device to the user, and what was done on it', async () => {
  const shop = await tracker(await world());
  await shop.post('/v1/track', track('Viewed', { anonymousId: 'old-device' }));
  const alias = {
    messageId: messageId(),
    timestamp: new Date().toISOString(),
    userId: 'u-1',
    previousId: 'old-device',
  };
  await shop.post('/v1/alias', alias);
  await shop.idle();
  const { id } = await shop.byExternalId('u-1');
  expect((await shop.events(id)).map(({ data }) => data.event)).toEqual(['Viewed']);
  const { body } = await shop.ask('GET /v1/customers/{id}/view', { params: { id } });
  expect(body.identities).toMatchObject([{ type: 'anonymousId', value: 'old-device' }]);
});

test('an alias of another customer’s user id joins no records', async () => {
  const shop = await tracker(await world());
  await shop.customer();
  const alias = { messageId: messageId(), timestamp: new Date().toISOString(), userId: 'u-2', previousId: 'u-1' };
  await shop.post('/v1/alias', alias);
  await shop.idle();
  expect(await shop.byExternalId('u-2')).toBeUndefined();
});

test('behaviour at the moment of identification fires its triggers, once', async () => {
  const shop = await tracker(await world());
  const template = { name: 't', channel: 'email', subject: '{{ event.name }}', body: 'Hello {{ customer.givenName }}' };
  const { body: made } = await shop.ask('POST /v1/templates', { body: template });
  const when = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Signed up'] } } };
  const then = [{ send: { templateId: made.id, topic: null } }];
  const trigger = await shop.ask('POST /v1/triggers', { body: { name: 'welcome', when, then, state: 'active' } });
  expect(trigger.status).toBe(201);

  const email = `${shop.tenant}@example.com`;
  const old = new Date(Date.parse(await shop.now()) - 3_600_000).toISOString();
  await shop.post('/v1/track', track('Signed up', { anonymousId: 'd', timestamp: old }));
  await shop.post('/v1/batch', {
    batch: [
      {
        type: 'identify',
        messageId: messageId(),
        anonymousId: 'd',
        userId: 'u-1',
        traits: { email, firstName: 'Ada' },
      },
      track('Signed up', { anonymousId: 'd', userId: 'u-1', timestamp: await shop.now() }),
      track('Signed up', { anonymousId: 'd', timestamp: old, messageId: messageId() }),
    ],
  });
  await shop.idle();
  const mails = await shop.outbox(email);
  expect(mails.map(({ subject }) => subject)).toEqual(['Signed up']);
  const { id } = await shop.byExternalId('u-1');
  expect(await shop.events(id)).toHaveLength(3);
});

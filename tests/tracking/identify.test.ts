import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { messageId, tracker } from './tracker.ts';

const call = (more: Record<string, unknown>) => ({
  messageId: messageId(),
  timestamp: new Date().toISOString(),
  ...more,
});

/** a tracked shop, where identify calls are waited for */
const opened = async () => {
  const shop = await tracker(await world());
  const identify = async (...calls: Record<string, unknown>[]) => {
    const batch = calls.map(more => ({ type: 'identify', ...call(more) }));
    await shop.post('/v1/batch', { batch });
    await shop.idle();
  };
  const all = async () => (await shop.ask('GET /v1/customers')).body.items as Record<string, unknown>[];
  return { ...shop, identify, all };
};

test('a new user becomes a customer, with what we know of people in its place and the rest as attributes', async () => {
  const shop = await opened();
  await shop.identify({
    userId: 'u-9',
    traits: {
      email: ' Ada@Example.COM ',
      firstName: 'ada',
      lastName: 'tan',
      phone: '+65 6123 4567',
      birthday: '1990-02-03T00:00:00Z',
      address: { street: '1 Marina Way', city: 'Singapore', postalCode: 18989, country: 'sg' },
      plan: 'gold',
      '1st car': 'AX-7',
      constructor: 'text',
    },
  });
  expect(await shop.byExternalId('u-9')).toMatchObject({
    kind: 'person',
    email: 'ada@example.com',
    givenName: 'ada',
    familyName: 'tan',
    phone: '+6561234567',
    dateOfBirth: '1990-02-03',
    address: { line1: '1 Marina Way', locality: 'Singapore', postcode: '18989', country: 'SG' },
    attributes: { plan: 'gold', _1st_car: 'AX-7', _constructor: 'text' },
  });
});

test('zone and language are the customer’s own; the zone of a device is taken where no other is known', async () => {
  const shop = await opened();
  const call = (userId: string, traits: object, timezone = 'Asia/Tokyo') =>
    shop.identify({ userId, traits, context: { timezone } });
  await call('z-1', { timezone: 'Europe/Paris', locale: 'fr-FR' });
  expect(await shop.byExternalId('z-1')).toMatchObject({ timeZone: 'Europe/Paris', locale: 'fr-FR' });
  await call('z-2', {});
  await call('z-2', { plan: 'gold' }, 'America/New_York');
  expect(await shop.byExternalId('z-2')).toMatchObject({ timeZone: 'Asia/Tokyo', attributes: { plan: 'gold' } });
  await call('z-3', { timeZone: '(GMT-08:00) Pacific Time' }, 'Mars/Phobos');
  const { id, ...customer } = (await shop.byExternalId('z-3')) as { id: string };
  expect(customer).not.toHaveProperty('timeZone');
  const { body } = await shop.ask('GET /v1/customers/{id}/decisions', { params: { id } });
  expect(JSON.stringify(body)).toContain('timeZone must be an IANA time zone');
});

test('a known user’s traits change the customer; the same again changes nothing', async () => {
  const shop = await opened();
  await shop.customer();
  await shop.identify({ userId: 'u-1', traits: { plan: 'gold' } });
  const once = await shop.byExternalId('u-1');
  expect(once).toMatchObject({ version: 2, attributes: { plan: 'gold' } });
  await shop.identify({ userId: 'u-1', traits: { plan: 'gold' } });
  expect((await shop.byExternalId('u-1')).version).toBe(2);
});

test('one bad part of the traits costs that part, not the call', async () => {
  const shop = await opened();
  await shop.identify({
    userId: 'u-1',
    traits: {
      email: 'not an address',
      phone: '12',
      firstName: 'Ada',
      birthday: 'soon',
      address: { city: 'Singapore', country: 'Atlantis' },
      plan: 'gold',
    },
  });
  const ada = await shop.byExternalId('u-1');
  expect(ada).toMatchObject({ givenName: 'Ada', address: { locality: 'Singapore' }, attributes: { plan: 'gold' } });
  for (const field of ['email', 'phone', 'dateOfBirth']) expect(ada).not.toHaveProperty(field);
  expect(ada.address).not.toHaveProperty('country');
  const { body } = await shop.ask('GET /v1/customers/{id}/decisions', { params: { id: ada.id } });
  expect(body.items).toMatchObject([{ kind: 'identify', outcome: 'partly rejected' }]);
  expect(body.items[0].reasons.map((reason: string) => reason.split(' ')[0]).sort()).toEqual([
    'address.country',
    'dateOfBirth',
    'phone',
  ]);
});

test('traits without a user id or an address create no customer', async () => {
  const shop = await opened();
  await shop.identify({ anonymousId: 'd', traits: { firstName: 'Ada' } }, { anonymousId: 'd', traits: { email: 'x' } });
  expect(await shop.all()).toEqual([]);
});

test('a user with the address of a known customer is that customer', async () => {
  const shop = await opened();
  const id = await shop.customer({ externalId: undefined, email: 'ada@example.com' });
  await shop.identify({ userId: 'u-1', traits: { email: 'ADA@example.com' } });
  expect(await shop.byExternalId('u-1')).toMatchObject({ id, email: 'ada@example.com' });
});

test('a second account with the same address is the same customer, with its first user id', async () => {
  const shop = await opened();
  const id = await shop.customer({ email: 'ada@example.com' });
  await shop.post('/v1/track', call({ type: 'track', userId: 'u-2', event: 'Before' }));
  await shop.identify({ userId: 'u-2', traits: { email: 'ada@example.com' } });
  await shop.post('/v1/track', call({ type: 'track', userId: 'u-2', event: 'After' }));
  expect(await shop.all()).toMatchObject([{ id, externalId: 'u-1' }]);
  expect((await shop.events(id)).map(({ data }) => data.event)).toEqual(['Before', 'After']);
  // the link holds for the next call without an address
  await shop.identify({ userId: 'u-2', traits: { plan: 'gold' } });
  expect(await shop.all()).toMatchObject([{ id, externalId: 'u-1', attributes: { plan: 'gold' } }]);
});

test('an address of another customer stays with that customer', async () => {
  const shop = await opened();
  await shop.customer({ email: 'ada@example.com' });
  await shop.customer({ externalId: 'u-2', givenName: 'Eve', email: 'eve@example.com' });
  await shop.identify({ userId: 'u-2', traits: { email: 'ada@example.com', plan: 'gold' } });
  expect(await shop.byEmail('ada@example.com')).toMatchObject({ externalId: 'u-1' });
  expect(await shop.byExternalId('u-2')).toMatchObject({ email: 'eve@example.com', attributes: { plan: 'gold' } });
});

test('who left an address on a device and then registers on it is one customer', async () => {
  const shop = await opened();
  await shop.identify({ anonymousId: 'd', traits: { email: 'ada@example.com' } });
  await shop.identify({ anonymousId: 'd', userId: 'u-1', traits: { firstName: 'Ada' } });
  expect(await shop.all()).toMatchObject([{ email: 'ada@example.com', externalId: 'u-1', givenName: 'Ada' }]);
});

test('a visitor with another address or user id than the owner of the device is another customer', async () => {
  const shop = await opened();
  await shop.identify({ anonymousId: 'd', userId: 'u-1', traits: { email: 'ada@example.com' } });
  await shop.identify({ anonymousId: 'd', traits: { email: 'eve@example.com' } });
  await shop.identify({ anonymousId: 'd', userId: 'u-3', traits: { email: 'bob@example.com' } });
  expect(await shop.all()).toHaveLength(3);
  const identities = async (userId: string) => {
    const { id } = await shop.byExternalId(userId);
    return (await shop.ask('GET /v1/customers/{id}/view', { params: { id } })).body.identities;
  };
  expect(await identities('u-1')).toEqual([]);
  expect(await identities('u-3')).toMatchObject([{ type: 'anonymousId', value: 'd' }]);
});

test('traits that nobody defined fill a record up to a limit; defined ones are always taken', async () => {
  const shop = await opened();
  expect(
    (await shop.ask('PUT /v1/attributes/{name}', { params: { name: 'plan' }, body: { type: 'text' } })).status,
  ).toBe(201);
  const junk = Object.fromEntries(Array.from({ length: 200 }, (_, nth) => [`t${nth}`, 'x'.repeat(20)]));
  await shop.identify({ userId: 'u-1', traits: { ...junk, plan: 'gold' } });
  const [known = ''] = Object.keys((await shop.byExternalId('u-1')).attributes).filter(name => name !== 'plan');
  await shop.identify({ userId: 'u-1', traits: { long: 'x'.repeat(9000), [known]: 'other' } });
  const { id, attributes } = await shop.byExternalId('u-1');
  expect(Object.keys(attributes)).toHaveLength(101);
  expect(attributes).toMatchObject({ plan: 'gold', [known]: 'other' });
  const decided = await shop.ask('GET /v1/customers/{id}/decisions', { params: { id } });
  const reasons = [expect.stringContaining('long')];
  expect(decided.body.items).toMatchObject([{ kind: 'identify', outcome: 'partly rejected', reasons }]);
});

test('calls about one new user at the same moment make one customer', async () => {
  const shop = await opened();
  const calls = Array.from({ length: 8 }, (_, nth) => ({
    userId: 'u-1',
    anonymousId: `d-${nth}`,
    traits: { email: 'ada@example.com', [`trait${nth}`]: nth },
  }));
  await shop.identify(...calls);
  expect(await shop.all()).toHaveLength(1);
  const { id, attributes } = await shop.byEmail('ada@example.com');
  expect(Object.keys(attributes)).toHaveLength(8);
  const { body } = await shop.ask('GET /v1/customers/{id}/view', { params: { id } });
  expect(body.identities).toHaveLength(8);
});

test('a call that arrives late fills gaps and overrides nothing; parts of an older address make no third place', async () => {
  const shop = await opened();
  const now = Date.parse(await shop.now());
  const at = (back: number) => ({ timestamp: new Date(now - back).toISOString() });
  await shop.identify({ userId: 'u-1', traits: { plan: 'gold', address: { city: 'Singapore' } }, ...at(1000) });
  await shop.identify({
    userId: 'u-1',
    traits: { plan: 'free', car: 'AX-7', address: { city: 'Johor', street: 'Jalan 1' } },
    ...at(5000),
  });
  const ada = await shop.byExternalId('u-1');
  expect(ada).toMatchObject({ attributes: { plan: 'gold', car: 'AX-7' } });
  expect(ada.address).toEqual({ locality: 'Singapore' });
});

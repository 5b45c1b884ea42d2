import { expect, test } from 'vitest';
import { nextNight } from '../../functions/customers/retention-settings.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { privacyWorld } from '../consent/privacy-world.ts';
import { ownTable } from '../tracking/own-table.ts';
import { messageId, tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

type Crm = Awaited<ReturnType<typeof keeping>>;

/** more events than a hundred pages of a slice have, put where they are stored */
const fillTimeline = async ({ awsUrl, tenant, now }: Crm, customerId: string) => {
  await ownTable(awsUrl);
  const at = await now();
  const store = openStore({ tenant, now: at, actor: 'test' });
  const event = (nth: number) => {
    const id = `evt_${nth}`;
    const type = 'activity.recorded';
    const doc = { id, tenant, occurredAt: at, customerId, actor: 'test', about: id, data: {} };
    return { pk: `${tenant}#customer#${customerId}`, sk: `@${at}#${id}`, kind: 'event', source: 'rapport', type, doc };
  };
  await store.restore(Array.from({ length: 820 }, (_, nth) => event(nth)));
};

const purpose = (crm: Crm, name: string, more: object) =>
  crm.ask('PUT /v1/purposes/{name}', {
    params: { name },
    body: { description: name, lawfulBasis: 'consent', owner: 'dpo@x.example', ...more },
  });

const keeping = async () => {
  const crm = privacyWorld(await world());
  const shop = await tracker(crm);
  return {
    ...crm,
    shop,
    keep: (body: Record<string, unknown>) => crm.ask('PUT /v1/settings/retention', { body }),
    track: (userId: string, event: string) => shop.post('/v1/track', { messageId: messageId(), userId, event }),
    run: async (dryRun = false) => {
      const begun = await crm.ask('POST /v1/retention/run', { body: { dryRun } });
      expect([begun.status, begun.body.dryRun]).toEqual([202, dryRun]);
      await crm.idle();
      const { body } = await crm.ask('GET /v1/retention/runs/{id}', { params: { id: begun.body.id } });
      expect(body.state).toBe('done');
      return body.counts;
    },
    inactive: async () => (await crm.ask('GET /v1/retention/inactive')).body.items,
    seen: async (id: string) => (await shop.events(id)).map(({ data }) => data.event),
  };
};

test('what is older than it may be is discarded each night, customer by customer, and what is new ends by itself', async () => {
  const crm = await keeping();
  const ada = await crm.customer({ externalId: 'u-1' });
  await crm.say(ada.id, {});
  await crm.request(ada.id);
  for (let nth = 0; nth < 3; nth++) await crm.track('u-1', 'Old');
  await crm.idle();
  expect(await crm.messages(ada.id)).toHaveLength(1);
  expect(await crm.decisions(ada.id)).toHaveLength(1);
  await crm.advance('P40D');
  await crm.track('u-1', 'New');
  await crm.request(ada.id);
  await crm.idle();

  const rules = { tracked: 'P35D', decisions: 'P35D', messages: 'P35D' };
  expect((await crm.keep(rules)).body).toMatchObject({ ...rules, version: 1 });
  const would = { customers: 1, held: 0, tracked: 3, decisions: 1, inactive: 0, messages: 1 };
  expect(await crm.run(true)).toEqual(would);
  expect(await crm.seen(ada.id)).toHaveLength(4);

  await crm.advance('P1D'); // over the night
  await crm.idle();
  expect(await crm.seen(ada.id)).toEqual(['New']);
  expect(await crm.messages(ada.id)).toHaveLength(1);
  expect(await crm.decisions(ada.id)).toHaveLength(1);
  const { body } = await crm.ask('GET /v1/jobs', { query: { kind: 'retention' } });
  expect(body.items[0]).toMatchObject({ state: 'done', counts: { tracked: 3, decisions: 1 } });
  expect((await crm.consents(ada.id))[0]?.status).toBe('granted'); // what proves consent stays
  expect(await crm.run()).toEqual({ customers: 1, held: 0, tracked: 0, decisions: 0, inactive: 0 });

  await crm.track('u-1', 'Ends by itself');
  expect(await crm.seen(ada.id)).toEqual(['New', 'Ends by itself']);
  await crm.keep({}); // no more nights, and yet
  await crm.advance('P36D');
  await crm.idle();
  expect(await crm.seen(ada.id)).toEqual(['New']);
  expect(await crm.refusal(crm.ask('POST /v1/retention/run', { body: {} }))).toEqual([409, 'retention.not-set']);
});

test('a case is discarded with its thread so long after it was closed; one that is open stays', async () => {
  const crm = await keeping();
  const ada = await crm.customer();
  const open = async (subject: string) =>
    (await crm.ask('POST /v1/cases', { body: { customerId: ada.id, subject, description: 'x', type: 'enquiry' } }))
      .body;
  const tell = async (id: string, verb: string, body: object = {}) =>
    expect((await crm.ask(`POST /v1/cases/{id}/${verb}`, { params: { id }, body })).status).toBeLessThan(300);
  const [old, going] = [await open('Old'), await open('Open')];
  await crm.idle();
  await tell(old.id, 'resolve', { resolution: 'done' });
  await tell(old.id, 'close');
  await crm.idle();
  await crm.advance('P31D');
  const late = await open('Closed lately');
  await crm.idle();
  await tell(late.id, 'resolve', { resolution: 'done' });
  await tell(late.id, 'close');
  await crm.keep({ cases: 'P30D' });
  expect(await crm.run(true)).toMatchObject({ customers: 1, cases: 1 });
  expect(await crm.run()).toMatchObject({ customers: 1, cases: 1 });
  await crm.keep({});
  const read = async (id: string) => (await crm.ask('GET /v1/cases/{id}', { params: { id } })).status;
  expect([await read(old.id), await read(going.id), await read(late.id)]).toEqual([404, 200, 200]);
  const thread = await crm.ask('GET /v1/cases/{id}/messages', { params: { id: old.id } });
  expect(thread.status).toBe(404);
});

test('inactive customers are listed for review or erased, once, until they become active', async () => {
  const crm = await keeping();
  const [ada, eve] = [await crm.customer({ externalId: 'u-1' }), await crm.customer({ externalId: 'u-2' })];
  const rules = { tracked: 'P30D', inactiveCustomers: { after: 'P90D' } };
  const pass = async (duration: string) => {
    await crm.keep({}); // no nights while time passes
    await crm.advance(duration);
    await crm.idle();
    await crm.keep(rules);
  };
  await pass('P60D');
  await crm.track('u-2', 'Looked around');
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  await pass('P32D'); // what showed that one was active is discarded by now
  await crm.request(ada.id); // a message to the customer is no activity
  await crm.idle();
  expect(await crm.run()).toMatchObject({ inactive: 1 });
  expect(await crm.run()).toMatchObject({ inactive: 0 }); // found once
  expect(await crm.inactive()).toMatchObject([{ customerId: ada.id, then: 'review' }]);
  expect(await crm.timeline(ada.id, 'customer.inactive')).toMatchObject([{ data: { then: 'review' } }]);
  expect(await crm.seen(eve.id)).toEqual([]);

  const params = { customerId: ada.id };
  expect((await crm.ask('POST /v1/retention/inactive/{customerId}/retain', { params })).status).toBe(200);
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  expect(await crm.inactive()).toEqual([]);
  expect(await crm.refusal(crm.ask('POST /v1/retention/inactive/{customerId}/retain', { params }))).toEqual([
    404,
    'inactive-customer.not-found',
  ]);
  await pass('P60D');
  const ben = await crm.customer();
  await crm.keep({ inactiveCustomers: { after: 'P90D', then: 'erase' } });
  await crm.happen(ada.id);
  expect(await crm.run()).toMatchObject({ inactive: 1 });
  // there is time to keep her
  expect(await crm.inactive()).toMatchObject([{ customerId: eve.id, then: 'erase' }]);
  const [{ foundAt, eraseAt }] = await crm.inactive();
  expect(Date.parse(eraseAt) - Date.parse(foundAt)).toBe(14 * 86_400_000);
  const read = async (id: string) => (await crm.ask('GET /v1/customers/{id}', { params: { id } })).status;
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  expect(await read(eve.id)).toBe(200);
  await crm.keep({});
  await crm.advance('P15D');
  await crm.idle();
  await crm.keep({ inactiveCustomers: { after: 'P90D', then: 'erase' } });
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  expect([await read(eve.id), await read(ada.id), await read(ben.id)]).toEqual([410, 200, 200]);
  expect(await crm.inactive()).toEqual([]);
  await crm.keep({});
});

test('what the system finds out about a customer is no activity', async () => {
  const crm = await keeping();
  const [ada, twin] = [await crm.customer({ phone: '+6591234567' }), await crm.customer({ phone: '+6591234567' })];
  const unverified = { id: 'unverified', when: { unverified: { attributes: ['phone'], within: 'P1D' } } };
  const rules = [{ ...unverified, then: { task: { subject: 'Ask for the number' }, event: true }, cooldown: 'P30D' }];
  await crm.ask('PUT /v1/settings/hygiene', { body: { rules } });
  await crm.advance('P60D');
  await crm.idle();
  await crm.ask('POST /v1/hygiene/run', { body: {} });
  await crm.idle();
  expect(await crm.timeline(ada.id, 'activity.recorded')).not.toEqual([]);
  await crm.advance('P35D');
  await crm.idle();
  await crm.keep({ inactiveCustomers: { after: 'P90D' } });
  expect(await crm.run()).toMatchObject({ inactive: 2 });
  expect((await crm.inactive()).map(({ customerId }: { customerId: string }) => customerId).sort()).toEqual(
    [ada.id, twin.id].sort(),
  );
  await crm.ask('PUT /v1/settings/hygiene', { body: { rules: [] } });
  await crm.keep({});
});

test('a customer with an open invoice is not erased for inactivity', async () => {
  const crm = await keeping();
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  const total = { amount: 100, currency: 'SGD' };
  const invoice = { customerId: ada.id, number: 'R-1', total, issuedOn: '2026-01-01', dueOn: '2099-01-01' };
  expect((await crm.ask('POST /v1/invoices', { body: invoice })).status).toBe(201);
  await crm.advance('P91D');
  await crm.keep({ inactiveCustomers: { after: 'P90D', then: 'erase', notice: 'P1D' } });
  expect(await crm.run()).toMatchObject({ inactive: 2 });
  await crm.advance('P1D');
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  const read = async (id: string) => (await crm.ask('GET /v1/customers/{id}', { params: { id } })).status;
  expect([await read(ada.id), await read(eve.id)]).toEqual([200, 410]);
  expect(await crm.inactive()).toMatchObject([{ customerId: ada.id, then: 'erase' }]);
  expect(await crm.timeline(ada.id, 'customer.erasure-due')).toEqual([]);
  // the invoice is no longer open
  const { items } = (await crm.ask('GET /v1/invoices', { query: { customerId: ada.id } })).body;
  const params = { id: items[0].id };
  expect((await crm.ask('POST /v1/invoices/{id}/cancel', { params, body: {} })).status).toBe(200);
  await crm.idle();
  expect(await crm.run()).toMatchObject({ inactive: 0 });
  expect(await read(ada.id)).toBe(200); // the cancellation is activity
  await crm.keep({});
});

test('a customer with an open case, opportunity or task is not erased for inactivity', async () => {
  const crm = await keeping();
  const stages = [{ id: 'new', name: 'New', probability: 0.1 }];
  const params = { id: 'cars' };
  expect((await crm.ask('PUT /v1/pipelines/{id}', { params, body: { name: 'Cars', stages } })).status).toBe(201);
  const unfinished = [
    ['POST /v1/cases', { subject: 'Noise', type: 'complaint' }],
    ['POST /v1/opportunities', { name: 'A car', pipelineId: 'cars' }],
    ['POST /v1/activities', { kind: 'task', subject: 'Call' }],
  ] as const;
  const ids = [(await crm.customer()).id as string];
  for (const [route, fields] of unfinished) {
    const { id: customerId } = await crm.customer();
    expect([route, (await crm.ask(route, { body: { ...fields, customerId } })).status]).toEqual([route, 201]);
    ids.push(customerId);
  }
  await crm.idle();
  await crm.advance('P91D');
  await crm.keep({ inactiveCustomers: { after: 'P90D', then: 'erase', notice: 'P1D' } });
  await crm.run();
  await crm.advance('P1D');
  await crm.run();
  const states = ids.map(async id => (await crm.ask('GET /v1/customers/{id}', { params: { id } })).status);
  expect(await Promise.all(states)).toEqual([410, 200, 200, 200]);
  await crm.keep({});
});

test('data of a customer under a legal hold is not discarded until the hold is lifted', async () => {
  const crm = await keeping();
  const ada = await crm.customer({ externalId: 'u-1' });
  await crm.track('u-1', 'Old');
  await crm.request(ada.id);
  await crm.idle();
  const hold = { params: { id: ada.id }, body: { reason: 'lawsuit' } };
  expect((await crm.ask('PUT /v1/customers/{id}/hold', hold)).status).toBe(200);
  await crm.advance('P40D');
  await crm.keep({ tracked: 'P35D', decisions: 'P35D', messages: 'P35D' });
  expect(await crm.run()).toMatchObject({ customers: 1, held: 1, tracked: 0, decisions: 0 });
  expect((await crm.ask('DELETE /v1/customers/{id}/hold', { params: { id: ada.id } })).status).toBe(200);
  expect(await crm.run()).toMatchObject({ held: 0, tracked: 1, decisions: 1, messages: 1 });
  await crm.keep({});
});

test('rules that store too briefly or too long, or are unknown, are refused by name', async () => {
  const crm = await keeping();
  const bad = (body: Record<string, unknown>) => crm.refusal(crm.keep(body));
  const invalid = (...paths: string[]) => [422, 'request.invalid', ...paths];
  expect(await bad({ tracked: 'P1D', messages: 'P40Y', decisions: 'a year', cases: 'P1W' })).toEqual(
    invalid('tracked', 'messages', 'decisions', 'cases'),
  );
  expect(
    await bad({ inactiveCustomers: { after: 'P1D', then: 'forget' }, timeZone: 'Nowhere', orders: 'P1Y' }),
  ).toEqual(invalid('inactiveCustomers.after', 'inactiveCustomers.then', 'timeZone', 'orders'));
  expect((await crm.ask('GET /v1/settings/retention')).body).toEqual({ version: 0 });
  const token = await crm.tokenFor(['marketer']);
  expect((await crm.ask('PUT /v1/settings/retention', { body: {}, token })).status).toBe(403);
  const params = { id: 'job_00000000000000000000000000' };
  expect((await crm.ask('GET /v1/retention/runs/{id}', { params })).status).toBe(404);
});

test('nights are those of the company’s time zone', () => {
  expect(nextNight('2026-11-22T01:00:00.000Z')).toBe('2026-11-22T02:00:00.000Z');
  expect(nextNight('2026-11-22T02:00:00.000Z')).toBe('2026-11-23T02:00:00.000Z');
  expect(nextNight('2026-11-22T12:00:00.000Z', 'Asia/Singapore')).toBe('2026-11-22T18:00:00.000Z');
  expect(nextNight('2026-11-22T20:00:00.000Z', 'America/Los_Angeles')).toBe('2026-11-23T10:00:00.000Z');
});

test('what serves a purpose only is discarded when the time of that purpose is over: values, wherever they are shown, and events', async () => {
  const crm = await keeping();
  const ada = await crm.customer({ externalId: 'u-1', phone: '+6591234567', attributes: { size: 'M', plan: 'gold' } });
  const patch = (attributes: object) =>
    crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { attributes } });
  await patch({ size: 'XL-4711' });
  await crm.track('u-1', 'Old');
  await crm.idle();
  await purpose(crm, 'offers', {
    attributes: ['attributes.size', 'phone', 'email'],
    events: ['tracked.*'],
    retention: 'P30D',
  });
  await purpose(crm, 'contract', { attributes: ['email'] });
  await crm.advance('P20D');
  await crm.track('u-1', 'New');
  await crm.idle();
  await crm.advance('P15D'); // over the nights
  await crm.idle();
  const read = async () => (await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).body;
  expect(await read()).toMatchObject({ email: ada.email, externalId: 'u-1', attributes: { plan: 'gold' } });
  expect(await read()).not.toHaveProperty('phone');
  expect((await read()).attributes).not.toHaveProperty('size');
  expect(await crm.seen(ada.id)).toEqual(['New']);
  const held = await crm.ask('GET /v1/customers/{id}/export', { params: { id: ada.id } });
  expect(JSON.stringify(held.body)).not.toMatch(/XL-4711|6591234567/);
  expect((await crm.ask('GET /v1/customers', { query: { phone: '+6591234567' } })).body.items).toEqual([]);
  expect((await crm.timeline(ada.id, 'customer.updated'))[0]).toMatchObject({ data: { source: 'retention' } });
  await patch({ size: 'S' });
  expect(await crm.run(true)).toMatchObject({ attributes: 0, events: 0 });
  expect(await crm.run()).toMatchObject({ attributes: 0, events: 0 });
  expect((await read()).attributes).toEqual({ plan: 'gold', size: 'S' });
  await purpose(crm, 'offers', {});
});

test('a timeline is discarded from, and cleared of values, to its end, however long it is', async () => {
  const crm = await keeping();
  const ada = await crm.customer({ externalId: 'u-1', attributes: { size: 'XL-4711' } });
  await crm.idle();
  await fillTimeline(crm, ada.id);
  await crm.track('u-1', 'Old');
  await crm.idle();
  await purpose(crm, 'offers', { attributes: ['attributes.size'], retention: 'P30D' });
  await crm.advance('P40D');
  await crm.keep({ tracked: 'P35D' });
  expect(await crm.run()).toMatchObject({ tracked: 1 });
  expect(await crm.seen(ada.id)).toEqual([]);
  expect(JSON.stringify(await crm.timeline(ada.id, 'customer.created'))).not.toContain('XL-4711');
  await crm.keep({});
  await purpose(crm, 'offers', {});
});

import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

const started = async () => {
  const crm = slice(await world());
  const placement = (more: object = {}) =>
    crm.ask('PUT /v1/placements/{id}', {
      params: { id: 'home-top' },
      body: { name: 'Home', fallback: { title: 'Welcome' }, ...more },
    });
  expect((await placement()).status).toBe(201);
  const offer = async (name: string, more: object = {}): Promise<string> => {
    const body = { name, placements: ['home-top'], content: { title: name }, ...more };
    const reply = await crm.ask('POST /v1/offers', { body });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
    return reply.body.id;
  };
  const decide = async (asked: object, token?: string) =>
    (await crm.ask('POST /v1/decide', { body: { placement: 'home-top', ...asked }, ...(token ? { token } : {}) })).body;
  const note = (id: string, what: string) =>
    crm.ask(`POST /v1/decide/{decisionId}/${what}`, { params: { decisionId: id } });
  return { crm, placement, offer, decide, note };
};

test('the offer that is worth most to whom it is for is made, as often as it may be, with the reasons', async () => {
  const { crm, offer, decide, note } = await started();
  const ada = await crm.customer({ address: { country: 'SG' } });
  const best = await offer('Test drive', {
    content: { title: '{{ customer.givenName }} at {{ event.properties.page }}', steps: ['{{ customer.familyName }}'] },
    if: {
      all: [
        { attribute: 'address.country', is: 'SG' },
        { attribute: 'context.page', is: '/cars' },
      ],
    },
    value: 100,
    limits: [{ max: 1, per: 'P1D' }],
  });
  const second = await offer('Brochure', { value: 10 });
  const context = { page: '/cars' };
  const made = await decide({ customerId: ada.id, context });
  expect(made).toMatchObject({ offerId: best, content: { title: 'Ada at /cars', steps: ['Tan'] } });
  expect(made.reason[0]).toMatch(/^Test drive: priority 0, value 100 × probability 0\.05 \(0 of 0 taken up\) = 5$/);
  expect((await decide({ customerId: ada.id, context: { page: '/' } })).offerId).toBe(second);
  expect((await note(made.decisionId, 'shown')).body).toMatchObject({ decisionId: made.decisionId, clickedAt: null });
  for (const _ of [1, 2]) expect((await note(made.decisionId, 'clicked')).status).toBe(200);
  const next = await decide({ customerId: ada.id, context });
  expect(next.offerId).toBe(second);
  expect(next.reason).toContain('not Test drive: shown 1 times in P1D');
  const results = await crm.ask('GET /v1/placements/{id}/results', { params: { id: 'home-top' } });
  expect(results.body.offers).toMatchObject([{ offerId: best, shown: 1, clicked: 1 }]);
  expect((await crm.timeline(ada.id, 'offer.clicked')).map(({ about }) => about)).toEqual([best]);
  expect((await crm.decisions(ada.id, 'offer'))[0]).toMatchObject({ outcome: 'Brochure', cause: 'home-top' });
  expect((await note('dec_00000000000000000000000000', 'shown')).body.code).toBe('decision.not-found');
});

test('consent, an open severe case, time, and a pause keep offers back; then there is the fallback', async () => {
  const { crm, offer, decide, placement } = await started();
  const ada = await crm.customer();
  const id = await offer('Newsletter offer', { consent: { channel: 'email', topic: 'news' } });
  await offer('Past', { until: '2020-01-01T00:00:00.000Z' });
  const now = () => decide({ customerId: ada.id });
  const none = await now();
  expect(none).toMatchObject({ content: { title: 'Welcome' } });
  expect(none).not.toHaveProperty('offerId');
  expect(none.reason.join()).toContain('consent to news by email: it is missing');
  await crm.consent(ada.id);
  expect((await now()).offerId).toBe(id);
  const body = { customerId: ada.id, type: 'complaint', subject: 'Brakes', channel: 'web', priority: 'urgent' };
  await crm.ask('POST /v1/cases', { body });
  await crm.idle();
  expect((await now()).reason.join()).toMatch(/not Newsletter offer: the case \S+ is open/);
  const help = await offer('Call us', { promotional: false, value: 1 });
  expect((await now()).offerId).toBe(help);
  await crm.ask('PATCH /v1/offers/{id}', { params: { id: help }, body: { state: 'paused' } });
  expect(await now()).not.toHaveProperty('offerId');
  expect((await placement({ control: 0.5 })).status).toBe(200);
  const reasons = [];
  for (let nth = 0; nth < 12; nth++) reasons.push((await decide({ anonymousId: `visitor ${nth}` })).reason[0]);
  expect(new Set(reasons.map(reason => reason.startsWith('control')))).toEqual(new Set([true, false]));
});

test('conditions of offers find all that conditions find: lists, records, since when a value is as it is', async () => {
  const { crm, offer, decide } = await started();
  const ada = await crm.customer();
  const list = await crm.ask('POST /v1/lists', { body: { name: 'Friends', kind: 'static' } });
  const member = { params: { id: list.body.id, customerId: ada.id } };
  const conditions = [
    { list: list.body.id },
    { record: 'case', count: { gte: 1 } },
    { attribute: 'givenName', observed: { within: 'P1D' } },
  ];
  const ids: string[] = [];
  for (const [nth, condition] of conditions.entries()) {
    ids.push(await offer(`${nth}`, { if: condition, value: 10 + nth, promotional: false }));
  }
  const now = async () => (await decide({ customerId: ada.id })).offerId;
  expect(await now()).toBe(ids[2]);
  await crm.ask('PATCH /v1/offers/{id}', { params: { id: ids[2]! }, body: { state: 'paused' } });
  expect(await now()).toBeUndefined();
  expect((await crm.ask('PUT /v1/lists/{id}/members/{customerId}', member)).status).toBeLessThan(300);
  expect(await now()).toBe(ids[0]);
  const body = { customerId: ada.id, type: 'complaint', subject: 'Brakes', channel: 'web' };
  await crm.ask('POST /v1/cases', { body });
  await crm.idle();
  expect(await now()).toBe(ids[1]);
});

test('what was shown to either of two merged customers counts for the one that stays, until they are two again', async () => {
  const { crm, offer, decide, note } = await started();
  const id = await offer('Once', { limits: [{ max: 2, per: 'P1D' }] });
  const [ada, eve] = [await crm.customer(), await crm.customer()];
  for (const customerId of [ada.id, eve.id]) await note((await decide({ customerId })).decisionId, 'shown');
  const now = async () => (await decide({ customerId: eve.id })).offerId;
  expect(await now()).toBe(id);
  for (const [verb, wanted] of [
    ['merge', undefined],
    ['unmerge', id],
  ] as const) {
    const done = await crm.ask(`POST /v1/customers/{id}/${verb}`, { params: { id: eve.id }, body: { from: ada.id } });
    expect(done.status).toBeLessThan(300);
    await crm.idle();
    expect(await now()).toBe(wanted);
  }
});

test('a page with a write key learns nothing of a customer; a visitor’s own limits hold', async () => {
  const { crm, offer } = await started();
  const once = await offer('For all', {
    limits: [{ max: 1, per: 'P1D' }],
    content: { title: 'Hi {{ customer.givenName }}' },
  });
  await offer('For Singapore', { if: { attribute: 'address.country', is: 'SG' }, value: 1000 });
  await crm.customer({ address: { country: 'SG' } });
  const { key } = (await crm.ask('POST /v1/write-keys', { body: { name: 'Web', kind: 'public' } })).body;
  const headers = { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` };
  const ask = (path: string, params: Record<string, string>, body?: object) =>
    crm.ask(`POST /v1/visitor/decide${path}`, { params, token: null, headers, ...(body ? { body } : {}) });
  const decide = async () => (await ask('', {}, { placement: 'home-top', anonymousId: 'a-1' })).body;
  const made = await decide();
  expect(made).toMatchObject({ offerId: once, content: { title: 'Hi ' }, reason: [] });
  expect((await ask('/{decisionId}/shown', { decisionId: made.decisionId })).status).toBe(200);
  expect(await decide()).toMatchObject({ content: { title: 'Welcome' } });
  const results = await crm.ask('GET /v1/placements/{id}/results', { params: { id: 'home-top' } });
  expect(results.body.offers).toMatchObject([{ offerId: once, shown: 0, shownByPages: 1 }]);
  expect(
    (await crm.ask('POST /v1/visitor/decide', { token: null, body: { placement: 'home-top', anonymousId: 'a' } }))
      .status,
  ).toBe(401);
  const ada = await crm.customer();
  const own = (await crm.ask('POST /v1/decide', { body: { placement: 'home-top', customerId: ada.id } })).body;
  expect((await ask('/{decisionId}/shown', { decisionId: own.decisionId })).status).toBe(404);
});

test('what can never work is refused in its place', async () => {
  const { crm } = await started();
  const body = { name: 'x', placements: ['home-top'], content: { title: '{{ customer.givenNam }}' } };
  const errors = async (more: object) => (await crm.ask('POST /v1/offers', { body: { ...body, ...more } })).body.errors;
  expect(await errors({})).toMatchObject([{ path: 'content.title', message: expect.stringContaining('givenNam') }]);
  expect(await errors({ content: {}, placements: ['nowhere'] })).toEqual([
    { path: 'placements.0', message: 'there is no placement nowhere' },
  ]);
  expect(await errors({ content: {}, if: { attribute: 'adress.country', is: 'SG' } })).toMatchObject([
    { path: 'if.attribute' },
  ]);
  for (const variable of ['run.data.x', 'unsubscribeUrl', 'event.name'])
    expect(await errors({ content: { title: `{{ ${variable} }}` } })).toMatchObject([{ path: 'content.title' }]);
  expect(await errors({ content: {}, limits: [{ max: 1, per: 'P0D' }] })).toEqual([
    { path: 'limits.0.per', message: 'must be longer than zero' },
  ]);
  const past = { ...body, content: {}, until: '2020-01-01T00:00:00.000Z' };
  expect((await crm.ask('POST /v1/offers', { body: past })).body.warnings).toEqual([
    { path: 'until', message: 'is over' },
  ]);
  const decide = (asked: object) => crm.ask('POST /v1/decide', { body: { placement: 'home-top', ...asked } });
  expect((await decide({})).status).toBe(422);
  expect((await decide({ placement: 'nowhere', anonymousId: 'a' })).status).toBe(404);
  expect((await decide({ customerId: 'cus_00000000000000000000000000' })).status).toBe(404);
});

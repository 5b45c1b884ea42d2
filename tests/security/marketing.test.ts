import { expect, test } from 'vitest';
import { portal } from '../portal/portal-world.ts';
import { pageCall, visits } from '../web-analytics/visits.ts';
import { type Told, world } from '../world.ts';

const hidden = [403, 'attribute.confidential'];
const unreadable = [403, 'scope.missing'];
const german = { attribute: 'attributes.iban', startsWith: 'DE' };

/** a company that keeps account numbers to itself, a customer with one, and a marketer */
const setUp = async () => {
  const crm = portal(await world());
  const attribute = { params: { name: 'iban' }, body: { type: 'text', classification: 'confidential' } };
  expect((await crm.ask('PUT /v1/attributes/{name}', attribute)).status).toBe(201);
  const ada = await crm.person({ attributes: { iban: 'DE02' } });
  const marketer = await crm.tokenFor(['marketer']);
  const segment = async (condition: object): Promise<string> => {
    const { body } = await crm.ask('POST /v1/segments', { body: { name: 'S', condition } });
    await crm.idle();
    return body.id;
  };
  const tried = async (key: string, body: object) => {
    const reply = await crm.ask(key, { body, token: marketer });
    return [reply.status, reply.body.code];
  };
  const seen = async (what: string): Promise<Told['body']> =>
    (await crm.ask(`GET /v1/customers/{id}/${what}`, { params: ada, token: marketer })).body;
  return { ...crm, ada, marketer, segment, tried, seen };
};

test('what a segment reveals is told to nobody by another one, a list, a journey, an offer, a trigger or a campaign', async () => {
  const crm = await setUp();
  const id = await crm.segment(german);
  const condition = { all: [{ segment: await crm.segment({ not: { segment: id } }) }] };
  const template = { name: 'T', channel: 'email', subject: 'T', body: 'T' };
  const { body } = await crm.ask('POST /v1/templates', { body: template });
  await crm.ask('PUT /v1/placements/{id}', { params: { id: 'home' }, body: { name: 'H', fallback: {} } });
  const asked: [string, object][] = [
    ['POST /v1/segments', { name: 'S', condition }],
    ['POST /v1/segments/estimate', { condition }],
    ['POST /v1/lists', { name: 'L', kind: 'dynamic', where: condition }],
    ['POST /v1/journeys', { name: 'J', entry: { segment: id, members: 'all' }, steps: [{ tag: 'x' }] }],
    ['POST /v1/offers', { name: 'O', placements: ['home'], content: {}, if: condition }],
    [
      'POST /v1/triggers',
      { name: 'T', when: { 'detail-type': ['customer.updated'] }, if: condition, then: [{ tag: 'x' }] },
    ],
    ['POST /v1/campaigns', { name: 'C', segmentId: id, variants: [{ templateId: body.id }], topic: null }],
  ];
  for (const [key, what] of asked) expect([key, ...(await crm.tried(key, what))]).toEqual([key, ...hidden]);
});

test('who may not read what puts a customer into a segment does not see that it is in it', async () => {
  const crm = await setUp();
  const told = await crm.segment({ attribute: 'givenName', is: 'Ada' });
  await crm.segment(german);
  await crm.segment({ not: { record: 'case', where: { attribute: 'priority', is: 'urgent' } } });
  expect((await crm.seen('segments')).items.map((one: Told['body']) => one.segmentId)).toEqual([told]);
  const view = await crm.seen('view');
  expect(view.segments.map((one: Told['body']) => one.segmentId)).toEqual([told]);
  const entered = (events: Told['body'][]) =>
    events.filter(({ type }) => type === 'segment.entered').map(one => one.about);
  expect([entered(view.timeline), entered((await crm.seen('timeline')).items)]).toEqual([[told], [told]]);
});

test('a decision at a touch point tells no confidential value, whichever of several attributes it is of', async () => {
  const crm = await setUp();
  await crm.ask('PUT /v1/placements/{id}', { params: { id: 'desk' }, body: { name: 'Desk', fallback: {} } });
  const condition = {
    all: [
      { attribute: 'givenName', is: 'Eve' },
      { attribute: 'attributes.iban', is: 'FR' },
    ],
  };
  const body = { name: 'O', placements: ['desk'], content: {}, if: condition };
  expect((await crm.ask('POST /v1/offers', { body })).status).toBe(201);
  for (const role of ['sales', 'marketer']) {
    const asked = { body: { placement: 'desk', customerId: crm.ada.id }, token: await crm.tokenFor([role]) };
    const { reason } = (await crm.ask('POST /v1/decide', asked)).body;
    expect([role, String(reason).includes('DE02'), String(reason).includes('•••')]).toEqual([role, false, true]);
  }
  const { items } = await crm.seen('decisions');
  expect(JSON.stringify(items)).not.toContain('DE02');
});

test('who lets a customer enter a journey sees no confidential value in what decided its way', async () => {
  const crm = await setUp();
  const steps = [{ branch: [{ if: german, then: [{ wait: 'P1D' }] }] }];
  const { body } = await crm.ask('POST /v1/journeys', {
    body: { name: 'J', entry: { api: true }, steps, state: 'active' },
  });
  const entered = await crm.ask('POST /v1/journeys/{id}/runs', {
    params: { id: body.id },
    body: { customerId: crm.ada.id },
    token: crm.marketer,
  });
  expect(entered.status).toBe(201);
  expect(JSON.stringify(entered.body)).not.toContain('DE02');
});

test('keys and dates of a journey show nothing that its author may not read', async () => {
  const crm = await setUp();
  const journey = (more: object) =>
    crm.tried('POST /v1/journeys', { name: 'J', entry: { api: true }, steps: [{ tag: 'x' }], ...more });
  expect(await journey({ entry: { event: 'case.opened', key: 'data.subject' } })).toEqual(unreadable);
  expect(await journey({ entry: { event: 'customer.updated', key: 'data.changes.0.to' } })).toEqual(hidden);
  const until = (date: string) => [{ until: { date } }, { tag: 'x' }];
  expect(await journey({ entry: { event: 'order.completed' }, steps: until('event.data.placedAt') })).toEqual(
    unreadable,
  );
  expect(await journey({ steps: until('customer.attributes.iban') })).toEqual(hidden);
  const waitFor = { event: 'order.completed', sameKey: true };
  const steps = [{ waitFor, timeout: 'P1D' }];
  expect(await journey({ entry: { event: 'Cart Updated', key: 'properties.cartId' }, steps })).toEqual(unreadable);
  expect((await journey({ entry: { event: 'Cart Updated', key: 'properties.cartId' } }))[0]).toBe(201);
});

test('what a trigger asks of a journey or another system carries nothing of an event that its author may not read', async () => {
  const crm = await setUp();
  const { body } = await crm.ask('POST /v1/journeys', {
    body: { name: 'J', entry: { api: true }, steps: [{ tag: 'x' }], state: 'active' },
    token: crm.marketer,
  });
  const webhook = { url: 'https://hooks.example.com/x', body: { text: '{{ event | json }}' } };
  const then = [{ webhook }, { start: body.id }];
  const rule = { name: 'T', when: { 'detail-type': ['case.opened'] }, then, state: 'active' };
  for (const token of [crm.token, crm.marketer])
    expect((await crm.ask('POST /v1/triggers', { body: rule, token })).status).toBe(201);
  const secret = { customerId: crm.ada.id, type: 'enquiry', subject: 'Insolvent', channel: 'phone' };
  expect((await crm.ask('POST /v1/cases', { body: secret })).status).toBe(201);
  await crm.idle();
  const { items } = await crm.seen('timeline');
  const asked = items.filter(({ type }: Told['body']) => ['webhook.requested', 'journey.requested'].includes(type));
  expect(asked).toHaveLength(4);
  expect(JSON.stringify(items)).not.toContain('Insolvent');
});

test('sessions show leads and orders to who reads sales', async () => {
  const shop = await visits(await world());
  const customerId = await shop.customer();
  await shop.send(pageCall(await shop.ago(1)));
  expect((await shop.ask('POST /v1/leads', { body: { customerId, source: 'fair' } })).status).toBe(201);
  await shop.idle();
  const outcomes = async (role: string) => {
    const asked = { params: { id: customerId }, token: await shop.tokenFor([role]) };
    return (await shop.ask('GET /v1/customers/{id}/sessions', asked)).body.items.map(
      (one: Told['body']) => one.outcomes,
    );
  };
  expect(await outcomes('analyst')).toMatchObject([[{ kind: 'lead' }]]);
  expect(await outcomes('marketer')).toEqual([[]]);
});

test('a condition compares nothing of what messages, journeys and other systems were asked for', async () => {
  const crm = await setUp();
  for (const type of ['message', 'journey', 'webhook']) {
    const condition = { event: `${type}.requested`, where: { event: { data: { subject: ['Insolvent'] } } } };
    expect([type, ...(await crm.tried('POST /v1/segments/estimate', { condition }))]).toEqual([type, ...unreadable]);
  }
});

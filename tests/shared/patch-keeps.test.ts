import { expect, test } from 'vitest';
import * as contexts from '../../functions/contexts.ts';
import { operationsOf } from '../../lib/openapi/operations.ts';
import { world } from '../world.ts';

type Body = Record<string, unknown>;

const money = (amount: number) => ({ amount, currency: 'SGD' });
const id = (kind: string) => `${kind}_01jd5e7k3m9q2r4t6v8w0x1y2z`;
const page = { 'detail-type': ['tracked.page'] };

/** stand for a template and a customer that exist */
const [templateId, customer] = ['TEMPLATE', 'CUSTOMER'];

/** A record with a value in every field that a PATCH may change, and another value of each. */
/** `settles`: what is made goes on by itself for a moment */
type Sample = { post: string; made: Body; shown?: Body; other: Body; settles?: true };

const samples: Record<string, Sample | Sample[]> = {
  'PATCH /v1/activities/{id}': [
    {
      post: 'POST /v1/activities',
      made: {
        ...{ kind: 'task', subject: 'Call', body: 'about the car', assignedTo: 'mei', relatedTo: id('case') },
        dueAt: '2027-01-02T09:00:00.000Z',
      },
      other: {
        subject: 'Ring',
        body: 'again',
        assignedTo: 'bo',
        relatedTo: id('ord'),
        dueAt: '2027-01-03T09:00:00.000Z',
      },
    },
    {
      post: 'POST /v1/activities',
      made: {
        ...{
          kind: 'call',
          subject: 'Call',
          body: 'about the car',
          direction: 'outbound',
          outcome: 'none',
          durationMinutes: 5,
        },
        ...{ occurredAt: '2026-01-02T09:00:00.000Z', place: { lat: 1, lon: 2 }, relatedTo: id('case') },
      },
      other: {
        ...{ subject: 'Ring', body: 'again', direction: 'inbound', outcome: 'booked', durationMinutes: 6 },
        ...{ occurredAt: '2026-01-03T09:00:00.000Z', place: { lat: 3, lon: 4 }, relatedTo: id('ord') },
      },
    },
  ],
  'PATCH /v1/documents/{id}': {
    post: 'POST /v1/documents',
    made: {
      name: 'a.pdf',
      type: 'application/pdf',
      visibleToCustomer: true,
      classification: 'normal',
      description: 'A',
      relatedTo: id('case'),
    },
    other: {
      name: 'b.pdf',
      type: 'text/plain',
      visibleToCustomer: false,
      classification: 'confidential',
      description: 'B',
      relatedTo: id('ord'),
    },
  },
  'PATCH /v1/needs/{id}': {
    post: 'POST /v1/customers/{id}/needs',
    made: {
      what: 'a car',
      source: 'visit',
      status: 'open',
      category: 'cars',
      productId: 'V-7',
      budget: money(5),
      neededBy: '2027-01-01',
      strength: 4,
    },
    other: {
      what: 'a van',
      source: 'call',
      status: 'met',
      category: 'vans',
      productId: 'V-8',
      budget: money(6),
      neededBy: '2027-01-02',
      strength: 5,
    },
  },
  'PATCH /v1/assets/{id}': {
    post: 'POST /v1/assets',
    made: {
      ...{
        name: 'Volt',
        status: 'active',
        warranty: { until: '2027-01-31', terms: 'parts' },
        productId: 'V-7',
        maker: 'Auto',
        model: 'V',
        serial: 'S1',
      },
      ...{
        servicePlan: { name: 'Care', everyMonths: 12 },
        vin: '1M8GDM9AXKP042788',
        acquiredOn: '2024-01-31',
        soldBy: 'shop',
        attributes: { colour: 'red' },
      },
    },
    other: {
      ...{
        name: 'Volt 2',
        status: 'sold',
        warranty: { until: '2028-01-31' },
        productId: 'V-8',
        maker: 'Car',
        model: 'W',
        serial: 'S2',
      },
      ...{
        servicePlan: { everyMonths: 6 },
        vin: '1HGCM82633A004352',
        acquiredOn: '2024-02-01',
        soldBy: 'web',
        attributes: { size: 'L' },
      },
    },
  },
  'PATCH /v1/triggers/{id}': {
    post: 'POST /v1/triggers',
    made: {
      name: 'T',
      when: page,
      if: { attribute: 'address.country', is: 'SG' },
      then: [{ tag: 'a' }],
      state: 'draft',
      ...{ cooldown: 'P1D', delay: 'PT1H', priority: 1, exclusive: 'a' },
    },
    other: {
      name: 'U',
      when: { 'detail-type': ['tracked.screen'] },
      if: { attribute: 'address.country', is: 'FR' },
      then: [{ tag: 'b' }],
      ...{ cooldown: 'P2D', delay: 'PT2H', priority: 2, exclusive: 'b' },
    },
  },
  'PATCH /v1/invoices/{id}': {
    post: 'POST /v1/invoices',
    made: { number: 'R-1', total: money(100), issuedOn: '2026-01-01', dueOn: '2027-01-01' },
    other: { dueOn: '2027-01-02' },
  },
  'PATCH /v1/templates/{id}': {
    post: 'POST /v1/templates',
    made: { name: 'T', channel: 'email', subject: 'A', body: 'a' },
    other: { name: 'U', subject: 'B', body: 'b', brandId: undefined },
  },
  'PATCH /v1/customers/{id}': {
    post: 'POST /v1/customers',
    made: {
      ...{
        kind: 'person',
        givenName: 'Ada',
        familyName: 'Tan',
        name: 'A. Tan',
        email: 'patch@example.com',
        phone: '+6561234567',
        externalId: 'p-1',
      },
      ...{
        dateOfBirth: '1984-03-09',
        address: { line1: '1 A St', country: 'SG' },
        locale: 'en-SG',
        timeZone: 'Asia/Singapore',
        preferredChannel: 'email',
      },
      ...{ identifiers: { tax: 'T1' }, attributes: { size: 'M' } },
    },
    other: {
      ...{
        kind: 'organisation',
        givenName: 'Bo',
        familyName: 'Lim',
        name: 'B. Lim',
        email: 'patched@example.com',
        phone: '+6561234568',
        externalId: 'p-2',
      },
      ...{
        dateOfBirth: '1984-03-10',
        address: { line2: 'B' },
        locale: 'fr',
        timeZone: 'Europe/Paris',
        preferredChannel: 'sms',
        identifiers: { loyalty: 'L' },
      },
      ...{ attributes: { plan: 'gold' }, provenance: undefined },
    },
  },
  'PATCH /v1/import-schedules/{id}': {
    post: 'POST /v1/import-schedules',
    made: {
      name: 'N',
      import: { source: 'x', format: 'csv' },
      every: 'P1D',
      at: '02:00',
      timeZone: 'Asia/Singapore',
      state: 'paused',
    },
    other: {
      name: 'M',
      import: { source: 'y', format: 'csv' },
      every: 'P2D',
      at: '03:00',
      timeZone: 'Europe/Paris',
      state: 'active',
    },
  },
  'PATCH /v1/lists/{id}': {
    post: 'POST /v1/lists',
    made: {
      name: 'L',
      kind: 'dynamic',
      where: { attribute: 'address.country', is: 'SG' },
      description: 'D',
      sharedWith: ['all'],
    },
    other: { name: 'K', where: { attribute: 'address.country', is: 'FR' }, description: 'E', sharedWith: [] },
  },
  'PATCH /v1/relationships/{id}': {
    post: 'POST /v1/customers/{id}/relationships',
    made: { type: 'partner', role: 'head', from: '2024-01-01', until: '2027-01-01', primary: true },
    other: { role: 'chief', from: '2024-01-02', until: '2027-01-02', primary: false },
  },
  'PATCH /v1/cases/{id}': {
    post: 'POST /v1/cases',
    settles: true,
    made: {
      ...{ subject: 'S', description: 'D', type: 'report', channel: 'web', language: 'en', productId: 'a' },
      ...{ category: 'x', priority: 'low', severity: 'minor', impact: 'one', assetId: 'a', tags: ['a'] },
      ...{ attributes: { a: 1 }, checklist: [{ text: 'T', done: false, required: false }] },
    },
    other: {
      ...{ subject: 'R', language: 'de', productId: 'b', category: 'y', priority: 'high', severity: 'major' },
      ...{ impact: 'all', assetId: null, tags: ['b'], attributes: { b: 2 }, linked: [], parentId: null },
      checklist: [{ text: 'T', done: true, required: true }],
    },
  },
  'PATCH /v1/leads/{id}': {
    post: 'POST /v1/leads',
    made: {
      source: 'web',
      interest: 'V-7',
      value: money(5),
      ownerId: 'mei',
      stage: 'new',
      attributes: { seats: 4 },
      externalId: 'l-1',
    },
    other: { source: 'call', interest: 'V-8', value: money(6), ownerId: 'bo', stage: 'met', attributes: { seats: 5 } },
  },
  'PATCH /v1/opportunities/{id}': {
    post: 'POST /v1/opportunities',
    made: { name: 'O', amount: money(5), closeOn: '2027-01-01', ownerId: 'mei', source: 'web', externalId: 'o-1' },
    other: { name: 'P', amount: money(6), closeOn: '2027-01-02', ownerId: 'bo' },
  },
  'PATCH /v1/orders/{id}': {
    post: 'POST /v1/orders',
    made: {
      number: 'A-1',
      lines: [{ sku: 'V', name: 'V', quantity: 1, price: money(5) }],
      total: money(5),
      coupon: 'C',
      shipping: money(0),
      tax: money(0),
    },
    other: { status: 'confirmed' },
  },
  'PATCH /v1/campaigns/{id}': [
    {
      post: 'POST /v1/campaigns',
      made: {
        ...{ name: 'C', description: 'A', offer: 'A', budget: money(5), costs: { fixed: money(1) }, topic: null },
        ...{ audience: { if: { attribute: 'address.country', is: 'SG' } }, variants: [{ templateId, weight: 1 }] },
        ...{ expected: { conversionRate: 0.1 }, holdout: 0.1, control: 'global', send: { perMinute: 5 } },
        ...{ startAt: '2027-01-02T09:00:00.000Z', goal: { event: 'order.completed', within: 'P7D' } },
      },
      other: {
        ...{ name: 'D', description: 'B', offer: 'B', budget: money(6), costs: { fixed: money(2) }, topic: 'news' },
        ...{ audience: { if: { attribute: 'address.country', is: 'FR' } }, variants: [{ templateId, weight: 2 }] },
        ...{ expected: { conversionRate: 0.2 }, holdout: 0.2, control: null, send: { perMinute: 6 } },
        ...{ startAt: '2027-01-03T09:00:00.000Z', goal: { event: 'order.completed', within: 'P8D' } },
        ...{ owner: 'mei', segmentId: undefined },
      },
    },
  ],
  'PATCH /v1/offers/{id}': {
    post: 'POST /v1/offers',
    made: {
      ...{ name: 'O', placements: ['home'], content: { title: 'A' }, value: 1, priority: 1, promotional: true },
      ...{ if: { attribute: 'address.country', is: 'SG' }, limits: [{ max: 1, per: 'P1D' }], state: 'active' },
      ...{ consent: { channel: 'email', topic: 'news' }, from: '2027-01-02T09:00:00.000Z' },
      until: '2027-02-02T09:00:00.000Z',
    },
    other: {
      ...{
        name: 'P',
        placements: ['home', 'call'],
        content: { title: 'B' },
        value: 2,
        priority: 2,
        promotional: false,
      },
      ...{ if: { attribute: 'address.country', is: 'FR' }, limits: [{ max: 2, per: 'P1D' }], state: 'paused' },
      ...{ consent: { channel: 'sms', topic: 'news' }, from: '2027-01-03T09:00:00.000Z' },
      until: '2027-02-03T09:00:00.000Z',
    },
  },
  'PATCH /v1/segments/{id}': {
    post: 'POST /v1/segments',
    made: { name: 'S', condition: { attribute: 'address.country', is: 'SG' } },
    other: {
      ...{ name: 'T', condition: { attribute: 'address.country', is: 'FR' } },
      ...{ include: [customer], exclude: [customer] },
    },
  },
  'PATCH /v1/segmentations/{id}': {
    post: 'POST /v1/segmentations',
    made: {
      name: 'S',
      classes: [{ name: 'a', condition: { attribute: 'address.country', is: 'SG' } }],
      else: 'b',
    },
    shown: { else: { name: 'b' } },
    other: { name: 'T', classes: undefined, else: undefined },
  },
  'PATCH /v1/journeys/{id}': {
    post: 'POST /v1/journeys',
    made: {
      ...{ name: 'J', entry: { event: 'order.completed' }, steps: [{ id: 'a', tag: 'a' }], state: 'draft' },
      ...{ goal: { event: 'order.completed' }, exitOn: [{ event: 'order.cancelled' }], reentry: 'once' },
      cooldown: 'P1D',
    },
    other: {
      ...{ name: 'K', entry: { event: 'order.created' }, steps: [{ id: 'b', tag: 'b' }] },
      ...{ goal: { event: 'order.created' }, exitOn: [{ event: 'order.refunded' }], reentry: 'always' },
      cooldown: 'P2D',
    },
  },
  'PATCH /v1/products/{id}': {
    post: 'POST /v1/products',
    made: {
      ...{ sku: 'A-1', name: 'A', description: 'A', category: 'cars', taxCategory: 'standard', attributes: { a: 1 } },
      ...{ options: [{ id: 'colour', values: [{ id: 'red' }, { id: 'blue' }] }], images: [{ key: 'a.png' }] },
    },
    other: {
      ...{ name: 'B', description: 'B', category: 'vans', taxCategory: 'reduced', attributes: { b: 1 } },
      ...{ options: [{ id: 'colour', values: [{ id: 'red' }, { id: 'green' }] }], images: [{ key: 'b.png' }] },
      ...{ constraints: [], bundle: undefined },
    },
  },
};

const isOfCustomer = new Set(
  'activities cases documents assets invoices leads opportunities orders'.split(' ').map(noun => `POST /v1/${noun}`),
);

const patches = operationsOf(contexts).filter(({ route }) => route.key.startsWith('PATCH '));

/** what follows from another field, or is of the write */
const derived = new Set(['version', 'sla', 'updatedAt', 'uploadUrl', 'nextRunAt', 'size', 'revision', 'warnings']);

const without = (record: Body, ...fields: string[]) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !derived.has(name) && !fields.includes(name)));

test.for(patches.map(({ route }) => [route.key, route] as const))(
  '%s keeps what it does not name',
  async ([key, route]) => {
    const all = [samples[key] ?? []].flat();
    const fields = Object.keys((route.body as unknown as { shape: Body }).shape);
    expect([...new Set(all.flatMap(({ other }) => Object.keys(other)))].sort(), 'a sample of every field').toEqual(
      fields.sort(),
    );
    const crm = await world();
    const person = async () => (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } })).body.id;
    const [customerId, to] = [await person(), await person()];
    const template = await crm.ask('POST /v1/templates', { body: { name: 'T', channel: 'sms', body: 'Hi' } });
    for (const placement of ['home', 'call'])
      await crm.ask('PUT /v1/placements/{id}', { params: { id: placement }, body: { name: placement, fallback: {} } });
    const real = <T>(sample: T): T =>
      JSON.parse(JSON.stringify(sample).replaceAll(templateId, template.body.id).replaceAll(customer, customerId));
    for (const { post, ...sample } of all) {
      const { made, other } = real(sample);
      const body = {
        ...made,
        ...(isOfCustomer.has(post) ? { customerId } : {}),
        ...(post.endsWith('/relationships') ? { to } : {}),
      };
      const first = await crm.ask(post, { params: { id: customerId }, body });
      expect(first.status, JSON.stringify(first.body)).toBe(201);
      let before = first.body as Body;
      expect(before).toMatchObject({ ...made, ...sample.shown });
      if (sample.settles) {
        await crm.idle();
        before = (await crm.ask(key.replace('PATCH', 'GET'), { params: { id: String(before.id) } })).body;
      }
      for (const [field, value] of Object.entries(other)) {
        if (value === undefined) continue;
        const reply = await crm.ask(key, { params: { id: String(before.id) }, body: { [field]: value } });
        expect(reply.status, `${field}: ${JSON.stringify(reply.body)}`).toBe(200);
        expect(without(reply.body, field), field).toEqual(without(before, field));
        before = reply.body;
      }
    }
  },
);

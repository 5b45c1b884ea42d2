import { beforeAll, describe, expect, test } from 'vitest';
import { type World, world } from '../world.ts';

let crm: World;
beforeAll(async () => {
  crm = await world();
});

const sgd = (amount: number) => ({ amount, currency: 'SGD' });
const fresh = () => `lead-${crypto.randomUUID()}@example.com`;

const customer = async () =>
  (await crm.ask('POST /v1/customers', { body: { givenName: 'Mei', familyName: 'Tan', email: fresh() } })).body;

const lead = async (body: unknown) => (await crm.ask('POST /v1/leads', { body })).body;

const typesOf = async (id: string): Promise<string[]> =>
  (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id } })).body.items.map(
    ({ type }: { type: string }) => type,
  );

describe('a lead', () => {
  test('of a customer is created, read, owned and qualified, and the opportunity keeps its lineage', async () => {
    const { id: customerId } = await customer();
    const created = await crm.ask('POST /v1/leads', {
      body: { customerId, source: 'web form', interest: 'Auto Volt 7', value: sgd(12_990_000) },
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ status: 'new', customerId, interest: 'Auto Volt 7', opportunityId: null });
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`/v1/leads/${id}`);

    const owned = await crm.ask('PATCH /v1/leads/{id}', { params: { id }, body: { ownerId: 'mei', source: null } });
    expect(owned.body).toMatchObject({ ownerId: 'mei', source: null, interest: 'Auto Volt 7', version: 2 });

    const qualified = await crm.ask('POST /v1/leads/{id}/qualify', { params: { id }, body: { closeOn: '2027-01-31' } });
    expect(qualified.status).toBe(201);
    expect(qualified.body).toMatchObject({
      customerId,
      leadId: id,
      name: 'Auto Volt 7',
      amount: sgd(12_990_000),
      ownerId: 'mei',
      closeOn: '2027-01-31',
      pipelineId: 'default',
      stage: 'qualified',
      status: 'open',
    });
    const read = await crm.ask('GET /v1/leads/{id}', { params: { id } });
    expect(read.body).toMatchObject({ status: 'qualified', opportunityId: qualified.body.id });
    const [latest, latestToo, ...earlier] = await typesOf(customerId);
    expect([latest, latestToo].sort()).toEqual(['lead.qualified', 'opportunity.created']);
    expect(earlier).toEqual(['lead.changed', 'lead.created', 'customer.created']);
  });

  test('of an e-mail address that a customer has belongs to that customer at once', async () => {
    const { id: customerId, email } = await customer();
    expect(await lead({ contact: { email: ` ${email.toUpperCase()} ` } })).toMatchObject({ customerId });
  });

  test('of an unknown contact waits until the contact is identified, then is on the customer’s timeline', async () => {
    const email = fresh();
    const { id, customerId } = await lead({ contact: { name: 'Priya Nair', email, company: 'Nair & Co' } });
    expect(customerId).toBeNull();
    await crm.idle();
    const linked = await crm.ask('GET /v1/leads/{id}', { params: { id } });
    const found = await crm.ask('GET /v1/customers', { query: { email } });
    expect(linked.body.customerId).toBe(found.body.items[0].id);
    expect(found.body.items[0]).toMatchObject({ name: 'Priya Nair', attributes: { company: 'Nair & Co' } });
    expect(await typesOf(linked.body.customerId)).toContain('lead.identified');
    const qualified = await crm.ask('POST /v1/leads/{id}/qualify', { params: { id }, body: {} });
    expect(qualified.body).toMatchObject({ customerId: linked.body.customerId, name: 'Priya Nair' });
  });

  test('is qualified once; what is qualified or disqualified is closed', async () => {
    const { id: customerId } = await customer();
    const { id } = await lead({ customerId });
    const body = { reason: 'only collects brochures' };
    expect((await crm.ask('POST /v1/leads/{id}/disqualify', { params: { id }, body })).body).toMatchObject({
      status: 'disqualified',
      ...body,
    });
    for (const [key, input] of [
      ['POST /v1/leads/{id}/qualify', {}],
      ['POST /v1/leads/{id}/disqualify', body],
      ['PATCH /v1/leads/{id}', { interest: 'other' }],
    ] as const) {
      expect(await crm.ask(key, { params: { id }, body: input })).toMatchObject({
        status: 409,
        body: { code: 'lead.closed' },
      });
    }
    const many = await lead({ customerId });
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => crm.ask('POST /v1/leads/{id}/qualify', { params: { id: many.id }, body: {} })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const made = await crm.ask('GET /v1/opportunities', { query: { customerId } });
    expect(made.body.items).toHaveLength(1);
  });

  test('has either a customer or a contact; a reply names the wrong fields', async () => {
    const { id: customerId } = await customer();
    for (const [body, path] of [
      [{}, 'customerId'],
      [{ customerId, contact: { email: fresh() } }, 'customerId'],
      [{ contact: { phone: '+65 6123 4567' } }, 'contact'],
      [{ contact: { email: 'no address' } }, 'contact.email'],
      [{ customerId, value: { amount: 1.5, currency: 'SGD' } }, 'value.amount'],
      [{ customerId, colour: 'red' }, 'colour'],
    ] as const) {
      const { status, body: problem } = await crm.ask('POST /v1/leads', { body });
      expect(status).toBe(422);
      expect(problem.errors.map((error: { path: string }) => error.path)).toContain(path);
    }
  });

  test('that another context requests is opened once for its cause, and the decision log says why', async () => {
    const { id: customerId } = await customer();
    const request = (id: string) => ({
      id,
      occurredAt: '2026-11-22T08:00:00.000Z',
      customerId,
      actor: 'rapport:fireTriggers',
      about: customerId,
      data: { source: 'trigger', interest: 'Auto Volt 7', cause: 'trg_brochure' },
    });
    for (const nth of [1, 2, 2]) {
      await crm.put('lead.requested', request(`evt_${customerId}_${nth}`), 'rapport.sales');
      await crm.idle();
    }
    const { items } = (await crm.ask('GET /v1/leads', { query: { customerId } })).body;
    expect(items).toMatchObject([{ status: 'new', interest: 'Auto Volt 7', source: 'trigger', cause: 'trg_brochure' }]);
    const decisions = (await crm.ask('GET /v1/customers/{id}/decisions', { params: { id: customerId } })).body.items;
    expect(decisions).toMatchObject([
      { kind: 'lead', outcome: 'skipped', reasons: [expect.stringContaining(items[0].id)], cause: 'trg_brochure' },
      { kind: 'lead', outcome: `opened ${items[0].id}`, cause: 'trg_brochure' },
    ]);
  });

  test('is found by status and by customer, a page at a time', async () => {
    const { id: customerId } = await customer();
    for (let nth = 0; nth < 3; nth++) await lead({ customerId, interest: `car ${nth}`, externalId: fresh() });
    const first = await crm.ask('GET /v1/leads', { query: { customerId, limit: 2 } });
    const rest = await crm.ask('GET /v1/leads', { query: { customerId, limit: 2, cursor: first.body.nextCursor } });
    expect([...first.body.items, ...rest.body.items].map(({ interest }) => interest)).toEqual(
      expect.arrayContaining(['car 0', 'car 1', 'car 2']),
    );
    expect(rest.body.nextCursor).toBeNull();
    const news = await crm.ask('GET /v1/leads', { query: { status: 'new', limit: 100 } });
    expect(news.body.items.length).toBeGreaterThanOrEqual(3);
    expect(new Set(news.body.items.map(({ status }: { status: string }) => status))).toEqual(new Set(['new']));
  });

  test('of another tenant, or of an unknown customer, does not exist', async () => {
    const other = await world();
    const { id: customerId } = await customer();
    const { id } = await lead({ customerId });
    expect(await other.ask('GET /v1/leads/{id}', { params: { id } })).toMatchObject({
      status: 404,
      body: { code: 'lead.not-found' },
    });
    expect(await other.ask('POST /v1/leads', { body: { customerId } })).toMatchObject({
      status: 404,
      body: { code: 'customer.not-found' },
    });
    expect((await other.ask('GET /v1/leads')).body.items).toEqual([]);
  });

  test('can be read but not written by an agent, and neither by a marketer', async () => {
    const { id: customerId } = await customer();
    const [agent, marketer] = await Promise.all([crm.tokenFor(['agent']), crm.tokenFor(['marketer'])]);
    expect((await crm.ask('GET /v1/leads', { token: agent })).status).toBe(200);
    for (const token of [agent, marketer]) {
      const refused = await crm.ask('POST /v1/leads', { body: { customerId }, token });
      expect(refused).toMatchObject({ status: 403, body: { code: 'scope.missing' } });
    }
    expect((await crm.ask('GET /v1/leads', { token: marketer })).status).toBe(403);
    expect(
      (await crm.ask('POST /v1/leads', { body: { customerId }, token: await crm.tokenFor(['sales']) })).status,
    ).toBe(201);
  });
});

test('an external id is unique among leads, and among opportunities', async () => {
  const { id: customerId } = await customer();
  const externalId = fresh();
  const openedAt = '2025-02-03T00:00:00.000Z';
  const first = await lead({ customerId, externalId, openedAt });
  expect(first).toMatchObject({ externalId, openedAt });
  const again = await crm.ask('POST /v1/leads', { body: { customerId, externalId } });
  expect(again).toMatchObject({ status: 409, body: { code: 'lead.external-id-taken', holder: first.id } });
  const body = { customerId, externalId, name: 'Fleet', openedAt };
  const opportunity = await crm.ask('POST /v1/opportunities', { body });
  expect(opportunity).toMatchObject({ status: 201, body: { externalId, openedAt, stageSince: openedAt } });
  expect(await crm.ask('POST /v1/opportunities', { body })).toMatchObject({
    status: 409,
    body: { code: 'opportunity.external-id-taken', holder: opportunity.body.id },
  });
  for (const key of ['POST /v1/leads', 'POST /v1/opportunities']) {
    const ahead = { customerId, openedAt: '2999-01-01T00:00:00Z', ...(key.endsWith('leads') ? {} : { name: 'x' }) };
    expect(await crm.ask(key, { body: ahead })).toMatchObject({ status: 422, body: { code: 'request.invalid' } });
  }
});

import { expect, test } from 'vitest';
import { type World, world } from '../world.ts';

type Body = Record<string, unknown>;

const customer = async (crm: World, profile: Body): Promise<{ id: string }> =>
  (await crm.ask('POST /v1/customers', { body: profile })).body;

const starts = async (crm: World, id: string) =>
  (await crm.ask('GET /v1/customers/{id}/starts', { params: { id } })).body;

test('a record is scored letter by letter, and improves with what is done for it', async () => {
  const crm = await world();
  const ada = await customer(crm, { givenName: 'Ada', email: 'ada@example.com', attributes: { odd: 'x' } });
  const before = await starts(crm, ada.id);
  expect(before.customerId).toBe(ada.id);
  expect(Object.keys(before.letters)).toEqual([
    'shareable',
    'transportable',
    'accurate',
    'relevant',
    'timely',
    'secured',
  ]);
  expect(before.formula).toContain('Σ');
  await crm.ask('PUT /v1/attributes/{name}', { params: { name: 'odd' }, body: { type: 'text', purpose: 'a test' } });
  await crm.ask('POST /v1/customers/{id}/verify', {
    params: { id: ada.id },
    body: { attributes: ['email'], by: 'customer', method: 'link' },
  });
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id: ada.id, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: 'form', proof: { form: 'f1' } },
  });
  const after = await starts(crm, ada.id);
  for (const letter of ['shareable', 'accurate', 'relevant', 'secured', 'transportable']) {
    expect(after.letters[letter].score).toBeGreaterThan(before.letters[letter].score);
  }
  expect(after.total).toBeGreaterThan(before.total);
  const missing = await crm.ask('GET /v1/customers/{id}/starts', { params: { id: `cus_${'0'.repeat(26)}` } });
  expect([missing.status, missing.body.code]).toEqual([404, 'customer.not-found']);
});

test('all records are measured by a job, and the reports show the trend', async () => {
  const crm = await world();
  expect((await crm.ask('GET /v1/quality')).body).toEqual({ latest: null, trend: [] });
  await crm.ask('PUT /v1/attributes/{name}', { params: { name: 'phone' }, body: { required: true } });
  await Promise.all(
    Array.from({ length: 30 }, (_, nth) =>
      customer(crm, {
        givenName: `N${nth}`,
        phone: '+6561234567',
        ...(nth % 2 ? { attributes: { clutter: nth } } : {}),
      }),
    ),
  );
  const started = await crm.ask('POST /v1/quality/report');
  expect(started.status).toBe(202);
  await crm.idle(90_000);
  const { body } = await crm.ask('GET /v1/quality');
  expect(body.latest).toMatchObject({ id: started.body.jobId, customers: 30, completeness: 100 });
  const sum = body.latest.distribution.reduce((all: number, one: { customers: number }) => all + one.customers, 0);
  expect(sum).toBe(30);
  expect(body.latest.problems).toContainEqual({
    letter: 'relevant',
    check: 'no-clutter',
    customers: 15,
    share: 0.5,
  });
  expect(body.latest.worst.map(({ attribute }: { attribute: string }) => attribute).sort()).toEqual([
    'attributes.clutter',
    'givenName',
    'phone',
  ]);
  await crm.ask('POST /v1/quality/report');
  await crm.idle(90_000);
  expect((await crm.ask('GET /v1/quality')).body.trend.length).toBe(2);
});

test('attributes that no registered purpose needs make a record less relevant, once there are purposes', async () => {
  const crm = await world();
  const body = { givenName: 'Ada', email: 'ada@example.com', attributes: { shoe: 41 } };
  const { id } = (await crm.ask('POST /v1/customers', { body })).body;
  const needed = async () => {
    const { letters } = (await crm.ask('GET /v1/customers/{id}/starts', { params: { id } })).body;
    return letters.relevant.reasons.find(({ check }: { check: string }) => check === 'needed');
  };
  expect(await needed()).toBeUndefined();
  const purpose = { description: 'Mail', lawfulBasis: 'consent', owner: 'dpo', attributes: ['givenName', 'email'] };
  await crm.ask('PUT /v1/purposes/{name}', { params: { name: 'mail' }, body: purpose });
  expect(await needed()).toMatchObject({ detail: 'stored and needed by no registered purpose: attributes.shoe' });
});

import { expect, test } from 'vitest';
import * as contexts from '../../../functions/contexts.ts';
import { operationsOf } from '../../../lib/openapi/operations.ts';
import { tracker } from '../../tracking/tracker.ts';
import { world } from '../../world.ts';

const no = [403, 'attribute.confidential'];

/** a company that keeps incomes to itself, a customer with one, and a marketer */
const setUp = async () => {
  const crm = await world();
  await crm.ask('PUT /v1/attributes/{name}', {
    params: { name: 'income' },
    body: { type: 'number', classification: 'confidential' },
  });
  const email = `ada.${crm.tenant}@example.com`;
  const profile = { givenName: 'Ada', familyName: 'Tan', externalId: 'u-1', email, attributes: { income: 90125 } };
  const { id } = (await crm.ask('POST /v1/customers', { body: profile })).body;
  await crm.ask('PUT /v1/customers/{id}/consents/{channel}/{topic}', {
    params: { id, channel: 'email', topic: 'news' },
    body: { status: 'granted', source: 'desk' },
  });
  const token = await crm.tokenFor(['marketer'], crm.tenant, 'mo');
  const as = (key: string, more: object = {}) => crm.ask(key, { params: { id }, token, ...more });
  const refusal = async (key: string, more: object) => {
    const { status, body } = await as(key, more);
    return [status, body.code];
  };
  return { ...crm, id, email, as, refusal };
};

test('a message shows what the author of its template may read', async () => {
  const crm = await setUp();
  const template = (name: string) => ({
    name,
    channel: 'email',
    subject: name,
    body: '{{ customer.givenName }}: [{{ customer.attributes.income }}][{{ event.data.traits.income }}]',
  });
  const mine = (await crm.as('POST /v1/templates', { body: template('Mine') })).body;
  const ours = (await crm.ask('POST /v1/templates', { body: template('Ours') })).body;
  const isConfidential = ({ shows }: { shows: string[] }) => shows.includes('customers.confidential');
  expect([mine, ours].map(isConfidential)).toEqual([false, true]);
  const then = [mine, ours].map(({ id: templateId }) => ({ send: { templateId, topic: 'news' } }));
  const made = await crm.ask('POST /v1/triggers', {
    body: { name: 'Told', when: { 'detail-type': ['tracked.identify'] }, then, state: 'active' },
  });
  expect(made.status).toBe(201);
  const shop = await tracker(crm);
  await shop.post('/v1/identify', { userId: 'u-1', traits: { income: 90126 } });
  await crm.idle();
  const mails = await crm.outbox(crm.email);
  const text = (subject: string) => mails.find(one => one.subject === subject)?.text.split('\n')[0];
  expect(text('Mine')).toBe('Ada: [][•••]');
  expect(text('Ours')).toMatch(/^Ada: \[9012[56]\]\[90126\]$/);
  const changed = await crm.as('PATCH /v1/templates/{id}', { params: ours, body: { name: 'Taken over' } });
  expect(isConfidential(changed.body)).toBe(false);
});

test('patterns over what a marketer may not read are refused, in triggers and in their conditions', async () => {
  const crm = await setUp();
  const rule = (when: object, more: object = {}) => ({ name: 'Rich', when, then: [{ tag: 'rich' }], ...more });
  const on = (data: object) => ({ 'detail-type': ['customer.updated', 'tracked.identify'], detail: { data } });
  const hidden = [
    on({ changes: { to: [90125] } }),
    on({ changes: { attribute: ['attributes.income'], from: [{ numeric: ['>', 1000] }] } }),
    on({ traits: { income: [90125] } }),
    on({ $or: [{ anonymousId: ['x'] }, { context: { traits: { income: [{ exists: true }] } } }] }),
  ];
  for (const when of hidden) {
    expect(await crm.refusal('POST /v1/triggers', { body: rule(when) })).toEqual(no);
    expect((await crm.ask('POST /v1/triggers', { body: rule(when) })).status).toBe(201);
  }
  const fine = on({ changes: { attribute: ['attributes.income'] }, traits: { size: ['M'] } });
  const made = await crm.as('POST /v1/triggers', { body: rule(fine) });
  expect(made.status).toBe(201);
  const where = { traits: { income: [{ exists: true }] } };
  const asked = { event: 'tracked.identify', where };
  expect(await crm.refusal('PATCH /v1/triggers/{id}', { params: made.body, body: { if: asked } })).toEqual(no);
  const theirs = (await crm.ask('POST /v1/triggers', { body: rule(hidden[0] as object) })).body;
  const span = { params: theirs, body: { from: '2026-01-01T00:00:00Z', to: '2036-01-01T00:00:00Z' } };
  expect(await crm.refusal('POST /v1/triggers/{id}/replay', span)).toEqual(no);
});

test('the members of a shared list with a confidential condition are not shown', async () => {
  const crm = await setUp();
  const where = { attribute: 'attributes.income', gt: 1000 };
  const list = { name: 'Rich', kind: 'dynamic', where, sharedWith: ['all'] };
  const { body } = await crm.ask('POST /v1/lists', { body: list });
  expect(await crm.refusal('GET /v1/lists/{id}/members', { params: body })).toEqual(no);
  expect(
    await crm.refusal('POST /v1/bulk', {
      body: { target: { list: body.id }, action: { tag: 'x' }, why: 'to see', dryRun: true },
    }),
  ).toEqual(no);
  expect((await crm.ask('GET /v1/lists/{id}/members', { params: body })).body.items).toHaveLength(1);
});

test('a confidential value is not overwritten by who may not read it', async () => {
  const crm = await setUp();
  const attributes = { income: 1 };
  expect(await crm.refusal('PATCH /v1/customers/{id}', { body: { attributes } })).toEqual(no);
  expect(await crm.refusal('PATCH /v1/customers/{id}', { body: { attributes: null } })).toEqual(no);
  expect(await crm.refusal('PUT /v1/customers', { body: { externalId: 'u-1', attributes } })).toEqual(no);
  expect((await crm.as('PATCH /v1/customers/{id}', { body: { attributes: { size: 'M' } } })).status).toBe(200);
  const { body } = await crm.ask('GET /v1/customers/{id}', { params: { id: crm.id } });
  expect(body.attributes).toEqual({ income: 90125, size: 'M' });
});

test('an import neither writes nor previews them for who may not read them', async () => {
  const crm = await setUp();
  const mapping = { id: 'externalId', salary: 'attributes.income' };
  const fields = { source: 'payroll', format: 'csv', mapping, dryRun: true };
  expect(await crm.refusal('POST /v1/imports', { body: fields })).toEqual(no);
  const made = await crm.ask('POST /v1/imports', { body: fields });
  await fetch(made.body.uploadUrl, { method: 'PUT', body: 'id,salary\nu-1,90125\nu-2,abc\n' });
  expect(await crm.refusal('GET /v1/imports/{id}/preview', { params: made.body })).toEqual(no);
  expect(await crm.refusal('POST /v1/imports/{id}/start', { params: made.body })).toEqual(no);
  expect((await crm.ask('POST /v1/imports/{id}/start', { params: made.body })).status).toBe(200);
  await crm.idle();
  expect((await crm.ask('GET /v1/imports/{id}', { params: made.body })).body.errorsUrl).toMatch(/^http/);
  expect((await crm.as('GET /v1/imports/{id}', { params: made.body })).body.errorsUrl).toBeNull();
});

test('inputs of jobs are shown to who started them', async () => {
  const crm = await setUp();
  const body = {
    target: { where: { attribute: 'attributes.income', gt: 90000 } },
    action: { tag: 'x' },
    why: 'thanks',
  };
  const { id } = (await crm.ask('POST /v1/bulk', { body })).body;
  await crm.idle();
  const other = await crm.as('GET /v1/jobs/{id}', { params: { id } });
  expect([other.status, other.body.input]).toEqual([200, null]);
  const listed = (await crm.as('GET /v1/jobs')).body.items;
  expect(listed.map(({ input }: { input: unknown }) => input)).toEqual(listed.map(() => null));
  expect((await crm.ask('GET /v1/jobs/{id}', { params: { id } })).body.input).toMatchObject({ action: { tag: 'x' } });
});

/** what the server alone decides, by the names that others give it too */
const decided = ['tenant', 'version', 'createdAt', 'updatedAt', 'actor', 'issuer', 'roles', 'isAdmin', 'pk', 'sk'];

const written = operationsOf(contexts).filter(({ route }) => route.body && !route.rawBody);

test('no request sets what the server decides', () => {
  const taken = written.flatMap(({ route }) => {
    const forged = { ...(route.example as object), ...Object.fromEntries(decided.map(name => [name, 'forged'])) };
    const refused = route.body
      ?.safeParse(forged)
      .error?.issues.flatMap(issue => (issue.code === 'unrecognized_keys' ? issue.keys : [String(issue.path[0])]));
    // who has no token yet names the company
    const own = route.auth === 'none' ? ['tenant'] : [];
    return decided.filter(name => !own.includes(name) && !refused?.includes(name)).map(name => `${route.key}: ${name}`);
  });
  expect(written.length).toBeGreaterThan(100);
  expect(taken).toEqual([]);
});

import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { type Body, merging } from './merge-pair.ts';

const consentsOf = async (crm: ReturnType<typeof merging>, id: string) => {
  const said: Record<string, string>[] = (await crm.view(id)).consents;
  return Object.fromEntries(said.map(({ channel, topic, status }) => [`${channel}/${topic}`, status]));
};

const ada = { givenName: 'Ada', familyName: 'Tan', email: 'ada@example.com', attributes: { size: 'M' } };
const other = {
  givenName: 'Ada',
  familyName: 'Tan-Lim',
  email: 'a.tan@work.example',
  phone: '+65 6123 4567',
  externalId: 'erp-7',
  attributes: { size: 'L', colour: 'red' },
};

test('two merged records are one customer with the identifiers of both', async () => {
  const crm = merging(await world());
  const [a, b] = [await crm.customer(ada), await crm.customer(other)];
  await crm.order(b, 'o-1');
  await crm.consent(b, 'email', 'news', 'granted');
  const merged = await crm.merge(a, b);
  expect(merged.status).toBe(200);
  expect(merged.body).toMatchObject({
    id: a,
    familyName: 'Tan',
    name: 'Ada Tan',
    email: 'ada@example.com',
    phone: '+6561234567',
    externalId: 'erp-7',
    attributes: { size: 'M', colour: 'red' },
  });
  const conflicts = merged.body.merge.conflicts.map(({ attribute, wins }: Body) => [attribute, wins]);
  expect(conflicts).toEqual([
    ['familyName', 'into'],
    ['email', 'into'],
    ['attributes.size', 'into'],
  ]);
  const gone = await crm.read(b);
  expect([gone.status, gone.headers.get('location')]).toEqual([301, `/v1/customers/${a}`]);
  expect(await crm.found({ email: 'a.tan@work.example' })).toEqual([a]);
  expect(await crm.found({ email: 'ada@example.com' })).toEqual([a]);
  expect(await crm.found({ externalId: 'erp-7' })).toEqual([a]);
  const taken = await crm.ask('POST /v1/customers', { body: { email: 'a.tan@work.example' } });
  expect([taken.status, taken.body.code, taken.body.holder]).toEqual([409, 'customer.email-taken', a]);
  const used = await crm.at('PATCH /v1/customers/{id}', a, { body: { email: 'a.tan@work.example' } });
  expect([used.status, used.body.email]).toEqual([200, 'a.tan@work.example']);
  expect(await crm.found({ email: 'ada@example.com' })).toEqual([a]);
  const view = await crm.view(a);
  expect(view.orders).toMatchObject([{ number: 'o-1' }]);
  expect(view.consents).toMatchObject([{ channel: 'email', topic: 'news', status: 'granted' }]);
  const types = await crm.timeline(a);
  expect(types.filter(type => type === 'customer.created')).toHaveLength(2);
  expect(types).toContain('order.completed');
  expect(types).toContain('customer.merged');
  const listed = await crm.ask('GET /v1/customers/{id}/merges', { params: { id: a } });
  expect(listed.body.items).toMatchObject([{ from: b, state: 'merged', unmergeable: true, was: { id: b } }]);
});

test('a dry run previews the merge and changes nothing', async () => {
  const crm = merging(await world());
  const [a, b] = [await crm.customer(ada), await crm.customer(other)];
  await crm.order(b, 'o-1');
  await crm.consent(a, 'email', 'news', 'granted');
  await crm.consent(b, 'email', 'news', 'withdrawn');
  const choices = { familyName: 'from', email: 'from', attributes: 'from' };
  const { status, body } = await crm.merge(a, b, { choices, dryRun: true });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    name: 'Ada Tan-Lim',
    email: 'a.tan@work.example',
    attributes: { size: 'L', colour: 'red' },
    version: 1,
    merge: {
      id: null,
      moves: { records: { order: 1 }, more: false },
      consents: [{ channel: 'email', topic: 'news', status: 'withdrawn', by: 'from' }],
      dropped: ['ada@example.com'],
    },
  });
  expect((await crm.read(a)).body).toMatchObject({ name: 'Ada Tan', version: 1 });
  expect((await crm.read(b)).status).toBe(200);
  const { body: done } = await crm.merge(a, b, { choices });
  expect(done).toMatchObject({ name: 'Ada Tan-Lim', email: 'a.tan@work.example', version: 2 });
  expect(await consentsOf(crm, a)).toEqual({ 'email/news': 'withdrawn' });
});

test('unmerged, both records are as before, and later events stay where they happened', async () => {
  const crm = merging(await world());
  const [a, b] = [await crm.customer(ada), await crm.customer(other)];
  const list = (await crm.ask('POST /v1/lists', { body: { name: 'Fleet', kind: 'static' } })).body;
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id: list.id, customerId: b } });
  await crm.order(b, 'before');
  await crm.consent(a, 'email', 'news', 'withdrawn');
  await crm.consent(b, 'email', 'news', 'granted');
  await crm.consent(b, 'sms', 'news', 'granted');
  const was = { a: (await crm.read(a)).body, b: (await crm.read(b)).body, events: await crm.timeline(b) };
  await crm.merge(a, b, { choices: { familyName: 'from' } });
  expect(await consentsOf(crm, a)).toEqual({ 'email/news': 'granted', 'sms/news': 'granted' });
  const members = () => crm.ask('GET /v1/lists/{id}/members', { params: { id: list.id } });
  expect((await members()).body.items.map(({ id }: Body) => id)).toEqual([a]);
  await crm.order(b, 'since');
  await crm.consent(a, 'sms', 'news', 'withdrawn');
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: a }, body: { attributes: { size: 'S' } } });

  expect((await crm.unmerge(a, b)).status).toBe(200);
  const { version, updatedAt, ...back } = (await crm.read(b)).body;
  expect(back).toEqual({ ...back, ...was.b, version: undefined, updatedAt: undefined } as never);
  const kept = (await crm.read(a)).body;
  expect({ ...kept, attributes: was.a.attributes, version: 1, updatedAt: was.a.updatedAt }).toEqual(was.a);
  expect(kept.attributes).toEqual({ size: 'S' });
  const numbers = async (id: string) => (await crm.view(id)).orders.map(({ number }: Body) => number);
  expect([await numbers(a), await numbers(b)]).toEqual([['since'], ['before']]);
  expect(await consentsOf(crm, a)).toEqual({ 'email/news': 'withdrawn', 'sms/news': 'withdrawn' });
  // who stops texts as one customer stops them for both
  expect(await consentsOf(crm, b)).toEqual({ 'email/news': 'granted', 'sms/news': 'withdrawn' });
  expect((await members()).body.items.map(({ id }: Body) => id)).toEqual([b]);
  expect(await crm.timeline(b)).toEqual([
    'consent.changed',
    'customer.restored',
    'customer.merged-away',
    ...was.events,
  ]);
  expect((await crm.timeline(a)).filter(type => type === 'customer.created')).toHaveLength(1);
  expect(await crm.found({ email: 'a.tan@work.example' })).toEqual([b]);
  expect((await crm.unmerge(a, b)).body.code).toBe('unmerge.not-merged');
  expect((await crm.merge(a, b)).status).toBe(200);
});

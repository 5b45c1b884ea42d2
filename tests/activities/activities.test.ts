import { expect, test } from 'vitest';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const subjects = ({ body }: { body: { items: Body[] } }) => body.items.map(({ subject }) => subject);

const activities = async () => {
  const crm = related(await world());
  const record = (body: Body, token?: string) => crm.ask('POST /v1/activities', { body, ...(token ? { token } : {}) });
  const find = (query: Record<string, string | number>) => crm.ask('GET /v1/activities', { query });
  return { ...crm, record, find };
};

test('activities are recorded, found, and shown on the timeline', async () => {
  const crm = await activities();
  const customerId = await crm.person();
  const order = await crm.order(customerId, 'o-1');
  const call = { customerId, kind: 'call', subject: 'Asked', direction: 'inbound', durationMinutes: 4 };
  const made = await crm.record({ ...call, relatedTo: order.id, place: { lat: 1.29, lon: 103.85 } });
  expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/activities/${made.body.id}`]);
  expect(made.body).toMatchObject({ ...call, by: expect.stringMatching(/^user:/), version: 1 });
  expect(made.body.occurredAt).toBe(made.body.createdAt);
  await crm.record({ customerId, kind: 'visit', subject: 'Came by', occurredAt: '2026-11-01T10:00:00Z' });
  expect(subjects(await crm.find({ customerId }))).toEqual(['Came by', 'Asked']);
  expect(subjects(await crm.find({ customerId, kind: 'call' }))).toEqual(['Asked']);
  expect(subjects(await crm.find({ relatedTo: order.id }))).toEqual(['Asked']);
  expect((await crm.timeline(customerId)).slice(0, 2)).toEqual(['activity.recorded', 'activity.recorded']);
});

test('open tasks are listed by assignee, the soonest due first, until they are done or cancelled', async () => {
  const crm = await activities();
  const customerId = await crm.person();
  const task = async (subject: string, dueAt?: string): Promise<string> =>
    (await crm.record({ customerId, kind: 'task', subject, assignedTo: 'sue', ...(dueAt ? { dueAt } : {}) })).body.id;
  await task('Some day');
  const late = await task('Late', '2099-02-01T00:00:00Z');
  const soon = await task('Soon', '2099-01-01T00:00:00Z');
  await crm.record({ customerId, kind: 'call', subject: 'Called', assignedTo: 'sue' });
  expect(subjects(await crm.find({ assignedTo: 'sue', state: 'open' }))).toEqual(['Soon', 'Late', 'Some day']);
  expect(subjects(await crm.find({ assignedTo: 'sue' }))).toHaveLength(4);
  const done = await crm.at('POST /v1/activities/{id}/complete', soon, { body: { outcome: 'booked' } });
  expect(done.body).toMatchObject({ state: 'done', outcome: 'booked', version: 2 });
  await crm.at('POST /v1/activities/{id}/cancel', late, { body: {} });
  expect(subjects(await crm.find({ assignedTo: 'sue', state: 'open' }))).toEqual(['Some day']);
  const again = crm.at('POST /v1/activities/{id}/complete', late, { body: {} });
  expect(await crm.refused(again)).toEqual([409, 'task.closed']);
  expect((await crm.timeline(customerId)).slice(0, 2)).toEqual(['task.cancelled', 'task.completed']);
});

test('a task that is open when it is due is overdue, one that is done or postponed is not', async () => {
  const crm = await activities();
  const customerId = await crm.person();
  const inDays = (days: number, now: string) => new Date(Date.parse(now) + days * 86_400_000).toISOString();
  const now = await crm.now();
  const task = async (subject: string) =>
    (await crm.record({ customerId, kind: 'task', subject, dueAt: inDays(2, now) })).body.id;
  await task('open');
  await crm.at('POST /v1/activities/{id}/complete', await task('done'), { body: {} });
  await crm.at('PATCH /v1/activities/{id}', await task('put off'), { body: { dueAt: inDays(9, now) } });
  await crm.idle();
  await crm.advance('P3D');
  await crm.idle();
  const overdue = async () => {
    const { body } = await crm.at('GET /v1/customers/{id}/timeline', customerId, { query: { type: 'task.overdue' } });
    return body.items.map(({ data }: { data: Body }) => data.subject);
  };
  expect(await overdue()).toEqual(['open']);
  await crm.advance('P7D');
  await crm.idle();
  expect(await overdue()).toEqual(['put off', 'open']);
});

test('a note is changed and deleted by its author or an administrator only, and its changes are on the timeline', async () => {
  const crm = await activities();
  const customerId = await crm.person();
  const sue = await crm.tokenFor(['sales'], crm.tenant, 'sue');
  const abe = await crm.tokenFor(['agent'], crm.tenant, 'abe');
  const note = { customerId, kind: 'note', subject: 'Prefers red', body: 'Said so twice.' };
  const { id } = (await crm.record(note, sue)).body;
  const change = (body: Body, token?: string) =>
    crm.at('PATCH /v1/activities/{id}', id, { body, ...(token ? { token } : {}) });
  expect(await crm.refused(change({ subject: 'x' }, abe))).toEqual([403, 'note.not-yours']);
  const remove = crm.at('DELETE /v1/activities/{id}', id, { token: abe });
  expect(await crm.refused(remove)).toEqual([403, 'note.not-yours']);
  expect((await change({ body: 'Said so thrice.' }, sue)).body).toMatchObject({ body: 'Said so thrice.', version: 2 });
  expect((await change({ body: 'Said so thrice.' }, sue)).body.version).toBe(2);
  expect((await change({ body: null })).body.version).toBe(3);
  const { body } = await crm.at('GET /v1/customers/{id}/timeline', customerId, { query: { type: 'activity.changed' } });
  const was = { attribute: 'body', from: 'Said so twice.', to: 'Said so thrice.' };
  expect(body.items[1].data.changes).toEqual([was]);
  expect((await crm.at('DELETE /v1/activities/{id}', id, { token: sue })).status).toBe(200);
  expect(await crm.refused(crm.at('GET /v1/activities/{id}', id))).toEqual([404, 'activity.not-found']);
});

test('an invalid activity is rejected with all its bad fields', async () => {
  const crm = await activities();
  const customerId = await crm.person();
  const bad = (more: Body) => crm.badFields(crm.record({ customerId, kind: 'call', subject: 'x', ...more }));
  expect(await bad({ kind: 'dance', subject: ' ', place: { lat: 91, lon: 0 } })).toEqual([
    422,
    'kind',
    'subject',
    'place.lat',
  ]);
  expect(await bad({ dueAt: '2099-01-01T00:00:00Z' })).toEqual([422, 'dueAt']);
  expect(await bad({ kind: 'task', occurredAt: '2026-01-01T00:00:00Z' })).toEqual([422, 'occurredAt']);
  expect(await bad({ relatedTo: 'the other one' })).toEqual([422, 'relatedTo']);
  expect(await crm.badFields(crm.find({}))).toEqual([422, 'customerId']);
  const stranger = await related(await world()).person();
  const elsewhere = crm.record({ customerId: stranger, kind: 'call', subject: 'x' });
  expect(await crm.refused(elsewhere)).toEqual([404, 'customer.not-found']);
  const { id } = (await crm.record({ customerId, kind: 'call', subject: 'x' })).body;
  const complete = crm.at('POST /v1/activities/{id}/complete', id, { body: {} });
  expect(await crm.refused(complete)).toEqual([409, 'activity.not-a-task']);
});

test('activities follow a merge of their customer and its undo', async () => {
  const crm = await activities();
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.record({ customerId: b, kind: 'call', subject: 'Called' });
  await crm.record({ customerId: b, kind: 'task', subject: 'To do', assignedTo: 'sue' });
  await crm.merge(a, b);
  expect(subjects(await crm.find({ customerId: a }))).toEqual(['To do', 'Called']);
  expect((await crm.find({ assignedTo: 'sue' })).body.items).toMatchObject([{ customerId: a }]);
  await crm.unmerge(a, b);
  expect(subjects(await crm.find({ customerId: a }))).toEqual([]);
  expect(subjects(await crm.find({ customerId: b }))).toEqual(['To do', 'Called']);
});

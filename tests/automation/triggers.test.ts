import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

const when = { 'detail-type': ['customer.updated'] };

test('all errors of a trigger are reported at once', async () => {
  const crm = slice(await world());
  const ask = async (body: Record<string, unknown>) => {
    const reply = await crm.ask('POST /v1/triggers', { body: { name: 'x', when, then: [{ tag: 'x' }], ...body } });
    expect(reply.status, JSON.stringify(reply.body)).toBe(422);
    return reply.body.errors as { path: string; message: string }[];
  };
  expect(await ask({ when: { 'detail-type': 'customer.updated' } })).toMatchObject([{ path: 'when.detail-type' }]);
  expect(await ask({ when: { detail: { data: { price: [{ numeric: ['>>', 1] }] } } } })).toMatchObject([
    { path: expect.stringMatching(/^when\.detail\.data\.price/) },
  ]);
  expect(await ask({ then: [{ journey: { id: 'jrn_1' } }] })).toEqual(
    expect.arrayContaining([{ path: 'then.0.journey', message: 'is not a field of this request' }]),
  );
  expect(
    await ask({ then: [{ tag: 'x', send: { templateId: 'tpl_00000000000000000000000000', topic: 'news' } }] }),
  ).toEqual([
    { path: 'then.0', message: 'must be exactly one of send, set, tag, webhook, lead, case, activity, points, start' },
  ]);
  expect(await ask({ then: [{ send: { templateId: 'tpl_00000000000000000000000000', topic: 'news' } }] })).toEqual([
    { path: 'then.0.send.templateId', message: 'there is no template tpl_00000000000000000000000000' },
  ]);
  expect(await ask({ if: { attribute: 'a', is: 1, gt: 2 } })).toMatchObject([{ path: 'if' }]);
  expect(await ask({ when: { 'detail-type': ['message.held', 'message.sent'] } })).toEqual([
    {
      path: 'when.detail-type',
      message: 'triggers cannot subscribe to message.held, message.sent: it could cause a loop',
    },
  ]);
  const names = Array.from({ length: 70 }, (_, n) => `Viewed ${n}`);
  const viewed = { 'detail-type': ['tracked.track'], detail: { data: { event: names } } };
  expect((await ask({ when: viewed }))[0]?.message).toContain('the limit is 60');
});

test('a trigger begins as a draft; activate and pause may be repeated, and a draft cannot be paused', async () => {
  const crm = slice(await world());
  const body = { name: 'x', when, then: [{ tag: 'x' }] };
  const { id, state } = (await crm.ask('POST /v1/triggers', { body })).body;
  expect(state).toBe('draft');
  const command = (verb: string) => crm.ask(`POST /v1/triggers/{id}/${verb}`, { params: { id } });
  expect((await command('pause')).body.code).toBe('trigger.not-active');
  for (const version of [2, 2]) expect((await command('activate')).body).toMatchObject({ state: 'active', version });
  for (const version of [3, 3]) expect((await command('pause')).body).toMatchObject({ state: 'paused', version });
  const listed = (state: string) => crm.ask('GET /v1/triggers', { query: { state } });
  expect((await listed('paused')).body.items).toMatchObject([{ id }]);
  expect((await listed('active')).body.items).toEqual([]);
  const analyst = await crm.tokenFor(['analyst']);
  expect((await crm.ask('POST /v1/triggers', { body, token: analyst })).status).toBe(403);
});

test('a changed active trigger matches its new pattern only', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ externalId: 'u-1' });
  const { id } = await crm.trigger('', { then: [{ tag: 'updated' }] });
  const change = (body: unknown) => crm.ask('PATCH /v1/triggers/{id}', { params: { id }, body });
  const tracked = { 'detail-type': ['tracked.track'], detail: { data: { event: ['Signed Up'] } } };
  expect((await change({ when: tracked, then: [{ tag: 'signed-up' }] })).body).toMatchObject({
    state: 'active',
    version: 2,
  });
  await crm.happen(ada.id);
  await crm.put('track', { userId: 'u-1', event: 'Signed Up', messageId: 'm-1' });
  await crm.idle();
  const tags = async () => (await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).body.attributes.tags;
  expect(await tags()).toEqual(['signed-up']);
  expect((await change({ when: { 'detail-type': ['consent.changed'] }, then: [{ tag: 'agreed' }] })).status).toBe(200);
  expect((await change({ if: { attribute: 'givenName', is: 'Eve' } })).status).toBe(200);
  await crm.consent(ada.id);
  await crm.idle();
  expect((await change({ if: null })).body).not.toHaveProperty('if');
  await crm.put('track', { userId: 'u-1', event: 'Signed Up', messageId: 'm-2' });
  await crm.consent(ada.id);
  await crm.idle();
  expect(await tags()).toEqual(['signed-up', 'agreed']);
});

test('a trigger whose tag causes the event that it matches does not loop', async () => {
  const crm = slice(await world());
  const ada = await crm.customer();
  await crm.idle(); // the event of its creation is delivered before there is a trigger
  await crm.trigger('', { when: { source: [{ prefix: 'rapport.' }] }, then: [{ tag: 'a' }, { tag: 'b' }] });
  await crm.happen(ada.id);
  await crm.idle();
  expect(await crm.timeline(ada.id, 'customer.updated')).toHaveLength(3);
  expect(await crm.timeline(ada.id, 'tag.requested')).toHaveLength(6);
});

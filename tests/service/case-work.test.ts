import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const started = async (fields: object = {}) => {
  const crm = desk(await world());
  await crm.agent('ben', { capacity: 9 });
  const customer = await crm.customer();
  const { id } = await crm.open({ customerId: customer.id, ...fields });
  await crm.idle();
  return { crm, id, customer };
};
const hence = async (crm: { now: () => Promise<string> }, hours: number) =>
  new Date(Date.parse(await crm.now()) + hours * 3_600_000).toISOString();

describe('work on a case', () => {
  test('a snoozed case comes back at its time, or when its customer writes; without its agent it is queued', async () => {
    const { crm, id } = await started();
    const snooze = async () => crm.done(crm.tell(id, 'snooze', { until: await hence(crm, 5) }));
    expect(await snooze()).toMatchObject({ status: 'waiting', agentId: 'ben', snoozedUntil: expect.any(String) });
    await crm.done(crm.tell(id, 'reply', { body: 'Any news?', from: 'customer' }));
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', snoozedUntil: null });
    await snooze();
    await crm.advance('PT6H');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'ben', snoozedUntil: null });
    await snooze();
    await crm.status('ben', 'away');
    await crm.advance('PT6H');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'queued', agentId: null, snoozedUntil: null });
    const past = await crm.tell(id, 'snooze', { until: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.errors[0].path]).toEqual([422, 'until']);
    expect(await crm.readAgent('ben')).toMatchObject({ load: 0 });
  });

  test('a reply goes out at its time in the name of who wrote it, unless it is taken back', async () => {
    const { crm, id, customer } = await started();
    for (const body of ['Good morning', 'Never mind']) {
      await crm.done(crm.tell(id, 'reply', { body, at: await hence(crm, 3) }));
    }
    const { scheduledReplies } = await crm.read(id);
    expect(scheduledReplies).toHaveLength(2);
    const [, second] = scheduledReplies;
    const params = { id, replyId: second.id };
    await crm.done(crm.ask('DELETE /v1/cases/{id}/scheduled-replies/{replyId}', { params }));
    expect((await crm.ask('DELETE /v1/cases/{id}/scheduled-replies/{replyId}', { params })).status).toBe(404);
    await crm.advance('PT4H');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'waiting', scheduledReplies: [] });
    const replies = (await crm.thread(id)).filter(({ kind }) => kind === 'reply');
    expect(replies).toMatchObject([{ body: 'Good morning', actor: expect.stringMatching(/^user:/) }]);
    expect((await crm.outbox(customer.email)).filter(({ text }) => text?.includes('Good morning'))).toHaveLength(1);
  });

  test('a case is split: another one has copies of messages, both are linked', async () => {
    const { crm, id, customer } = await started();
    await crm.done(crm.tell(id, 'reply', { body: 'And the invoice is wrong.', from: 'customer' }));
    const [message] = await crm.thread(id);
    const split = await crm.tell(id, 'split', { subject: 'The invoice', messageIds: [message.id] });
    expect(split).toMatchObject({ status: 201, body: { customerId: customer.id, linked: [id], status: 'new' } });
    await crm.idle();
    expect(await crm.read(split.body.id)).toMatchObject({ status: 'assigned', subject: 'The invoice' });
    expect((await crm.thread(split.body.id)).map(({ body }) => body)).toEqual(['And the invoice is wrong.']);
    expect(await crm.read(id)).toMatchObject({ linked: [split.body.id] });
    const none = await crm.tell(id, 'split', { subject: 'x', messageIds: [`cmsg_${'0'.repeat(26)}`] });
    expect(none.status).toBe(409);
  });

  test('who follows a case is named when somebody else does something to it', async () => {
    const { crm, id, customer } = await started();
    const token = await crm.tokenFor(['sales'], crm.tenant, 'mei');
    const follow = (follow: boolean) =>
      crm.done(crm.ask('POST /v1/cases/{id}/follow', { params: { id }, body: { follow }, token }));
    await follow(true);
    await crm.done(crm.tell(id, 'note', { body: 'Hm.' }));
    await crm.idle();
    await follow(false);
    await crm.done(crm.tell(id, 'resolve'));
    await crm.idle();
    const told = (await crm.timeline(customer.id)).filter(({ type }) => type === 'case.follower-notified');
    expect(told.map(({ data }) => [data.userId, data.what])).toEqual([['mei', 'case.noted']]);
  });

  test('fields change by a merge patch: policy and place in the queue follow; what is named must exist', async () => {
    const { crm, id, customer } = await started();
    await crm.policy('urgent', {
      name: 'U',
      rank: 1,
      match: { attribute: 'priority', is: 'urgent' },
      firstResponse: 'PT1H',
    });
    const patch = (body: object, one = id) => crm.ask('PATCH /v1/cases/{id}', { params: { id: one }, body });
    const after = await crm.done(patch({ priority: 'urgent', tags: ['vip'], severity: 'high', assetId: 'ast-1' }));
    expect(after).toMatchObject({
      priority: 'urgent',
      tags: ['vip'],
      sla: { policyId: 'urgent', firstResponseDueAt: expect.any(String) },
    });
    expect((await crm.done(patch({ assetId: null }))).assetId).toBeNull();
    await crm.advance('PT2H');
    await crm.idle();
    expect((await crm.read(id)).sla.breached).toEqual(['firstResponse']);
    const child = await crm.open({ customerId: customer.id, parentId: id });
    const named = async (body: object) => {
      const told = await patch(body);
      return [told.status, told.body.errors?.[0]?.path];
    };
    expect(await named({ parentId: child.id })).toEqual([422, 'parentId']);
    expect(await named({ parentId: id })).toEqual([422, 'parentId']);
    expect(await named({ linked: [id] })).toEqual([422, 'linked.0']);
    expect(await named({ colour: 'red' })).toEqual([422, 'colour']);
    const types = (await crm.done(crm.ask('GET /v1/cases/{id}/history', { params: { id }, query: { limit: 50 } })))
      .items;
    expect(types.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['case.opened', 'case.changed', 'case.sla-breached']),
    );
  });

  test('a queued case that becomes more urgent is served first; the oldest first among equals', async () => {
    const crm = desk(await world());
    const { id: customerId } = await crm.customer();
    const all = [];
    for (let nth = 0; nth < 3; nth++) {
      all.push((await crm.open({ customerId, priority: 'normal' })).id);
      await crm.idle();
    }
    await crm.done(crm.ask('PATCH /v1/cases/{id}', { params: { id: all[2] }, body: { priority: 'high' } }));
    await crm.agent('ben', { capacity: 2 });
    await crm.idle();
    expect(await Promise.all(all.map(async id => (await crm.read(id)).status))).toEqual([
      'assigned',
      'queued',
      'assigned',
    ]);
  });

  test('what waits too long in a queue goes to another one', async () => {
    const crm = desk(await world());
    await crm.agent('eva', { skills: ['second'] });
    await crm.queue('second', { name: 'Second', match: { attribute: 'type', is: 'feedback' }, skills: ['second'] });
    await crm.queue('first', {
      ...{ name: 'First', match: { attribute: 'type', is: 'report' }, skills: ['first'] },
      overflow: { after: 'PT30M', to: 'second' },
    });
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId, type: 'report' });
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'queued', queue: 'first' });
    const board = await crm.done(crm.ask('GET /v1/queues/{id}/board', { params: { id: 'first' } }));
    expect(board).toMatchObject({ waiting: 1, byPriority: { normal: 1 }, free: 0, agents: [] });
    await crm.advance('PT31M');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', queue: 'second', agentId: 'eva' });
    const second = await crm.done(crm.ask('GET /v1/queues/{id}/board', { params: { id: 'second' } }));
    expect(second).toMatchObject({ waiting: 0, free: 2, agents: [{ id: 'eva', load: 1, onDuty: true }] });
    const wrong = await crm.ask('PUT /v1/queues/{id}', {
      params: { id: 'x' },
      body: { name: 'x', overflow: { after: 'PT1M', to: 'x' } },
    });
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'overflow.to']);
  });

  test('two who have a case open see each other', async () => {
    const { crm, id } = await started();
    const other = await crm.tokenFor(['agent'], crm.tenant, 'other');
    const here = (state: string, token?: string) =>
      crm.done(
        crm.ask('PUT /v1/cases/{id}/presence', { params: { id }, body: { state }, ...(token ? { token } : {}) }),
      );
    expect((await here('editing')).others).toEqual([]);
    const seen = await here('viewing', other);
    expect(seen).toMatchObject({ version: expect.any(Number), others: [{ state: 'editing' }] });
  });
});

describe('case types', () => {
  const complaint = {
    ...{ name: 'Warranty complaint', type: 'complaint', weight: 3 },
    fields: { mileage: { type: 'number', required: true }, place: { type: 'text', choices: ['home', 'road'] } },
    checklist: [{ text: 'Root cause found', required: true }],
    legalClock: { within: 'P10D', warnBefore: 'P2D' },
    compensation: [
      { max: { amount: 5_000, currency: 'SGD' } },
      { team: 'seniors', max: { amount: 50_000, currency: 'SGD' } },
    ],
  };
  const withType = async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 4 });
    await crm.done(crm.ask('PUT /v1/teams/{id}', { params: { id: 'seniors' }, body: { name: 'Seniors' } }));
    await crm.done(crm.ask('PUT /v1/case-types/{id}', { params: { id: 'warranty' }, body: complaint }));
    const customer = await crm.customer();
    return { crm, customer };
  };

  test('give a case fields, a checklist, a weight and a legal clock', async () => {
    const { crm, customer } = await withType();
    const open = (fields: object) =>
      crm.ask('POST /v1/cases', {
        body: { customerId: customer.id, subject: 'S', type: 'complaint', typeId: 'warranty', ...fields },
      });
    const refused = async (fields: object) => {
      const { status, body } = await open(fields);
      return [status, ...(body.errors ?? []).map(({ path }: { path: string }) => path)];
    };
    expect(await refused({ attributes: { mileage: 'far', colour: 'red', place: 'sea' } })).toEqual([
      ...[422, 'attributes.mileage', 'attributes.colour', 'attributes.place'],
    ]);
    expect(await refused({ attributes: {} })).toEqual([422, 'attributes.mileage']);
    expect(await refused({ type: 'enquiry', attributes: { mileage: 1 } })).toEqual([422, 'typeId']);
    expect(await refused({ typeId: 'none' })).toEqual([422, 'typeId']);
    const { body } = await open({ attributes: { mileage: 5 } });
    const { id } = body;
    expect(Date.parse(body.legalDueAt) - Date.parse(body.createdAt)).toBe(10 * 86_400_000);
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', weight: 3 });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 3 });
    const { id: next } = (await open({ attributes: { mileage: 6 } })).body;
    await crm.idle();
    expect(await crm.read(next)).toMatchObject({ status: 'queued' });

    expect((await crm.tell(id, 'resolve')).body.code).toBe('case.checklist-open');
    await crm.advance('P9D');
    await crm.idle();
    await crm.advance('P2D');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ legalMissed: true, priority: 'urgent' });
    const rang = (await crm.timeline(customer.id)).filter(
      ({ type, about }) => type === 'case.legal-clock' && about === id,
    );
    expect(rang.map(({ data }) => data.missed).sort()).toEqual([false, true]);
    const checklist = [{ text: 'Root cause found', required: true, done: true }];
    await crm.done(crm.ask('PATCH /v1/cases/{id}', { params: { id }, body: { checklist } }));
    await crm.done(crm.tell(id, 'resolve'));
    await crm.idle();
    expect(await crm.readAgent('ben')).toMatchObject({ load: 3 });
    expect(await crm.read(next)).toMatchObject({ status: 'assigned' });
  });

  test('limit what somebody may grant for a case, all grants together; the history of the customer shows them', async () => {
    const { crm, customer } = await withType();
    const { id } = await crm.open({
      customerId: customer.id,
      type: 'complaint',
      typeId: 'warranty',
      attributes: { mileage: 1 },
    });
    const grant = (amount: number) =>
      crm.tell(id, 'compensate', { amount: { amount, currency: 'SGD' }, reason: 'The second visit' });
    expect((await grant(3_000)).status).toBe(200);
    expect(await grant(3_000)).toMatchObject({
      status: 409,
      body: { code: 'case.compensation-too-high', limit: { amount: 5_000, currency: 'SGD' } },
    });
    expect((await grant(0)).status).toBe(422);
    await crm.idle();
    const history = await crm.done(crm.ask('GET /v1/customers/{id}/service-history', { params: { id: customer.id } }));
    expect(history).toMatchObject({
      ...{ cases: 1, open: 1, complaints: 1, missed: 0, ratings: { count: 0, average: null } },
      compensations: [{ caseId: id, amount: { amount: 3_000, currency: 'SGD' }, reason: 'The second visit' }],
      promised: [{ caseId: id, what: 'legal' }],
    });
  });
});

import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const ratingLink = (text: string) =>
  new URL(/https?:\S+\/v1\/satisfaction\/\S+/.exec(text)?.[0] ?? 'about:blank').pathname;

describe('the life of a case', () => {
  test('resolve, object, resolve again, close after the days to object; each step on the timeline', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const customer = await crm.customer();
    const { id } = await crm.open({ customerId: customer.id });
    await crm.idle();
    const resolved = await crm.done(crm.tell(id, 'resolve', { resolution: 'New pads' }));
    expect(resolved).toMatchObject({ status: 'resolved', agentId: 'ben', resolution: 'New pads' });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 0 });

    await crm.done(crm.tell(id, 'reply', { body: 'The noise is back', from: 'customer' }));
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'ben', resolvedAt: null });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });

    await crm.done(crm.tell(id, 'resolve'));
    await crm.advance('P6D');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'resolved' });
    await crm.advance('P1DT1M');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'closed' });
    const types = (await crm.timeline(customer.id)).map(({ type }) => type).filter(type => type.startsWith('case.'));
    expect(types).toContain('case.replied');
    expect(types.reverse().filter(type => type !== 'case.replied')).toEqual([
      'case.opened',
      'case.classified',
      'case.assigned',
      'case.acknowledged',
      'case.resolved',
      'case.reopened',
      'case.classified',
      'case.assigned',
      'case.resolved',
      'case.closed',
    ]);
    const mails = await crm.outbox(customer.email);
    expect(mails.filter(({ subject }) => subject.includes('We have received'))).toHaveLength(1);
    expect(mails.filter(({ subject }) => subject.includes('How did we do?'))).toHaveLength(1);
  });

  test('a closed case is reopened by hand and goes to the same agent, or waits when no agent is free', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 1 });
    const { id: customerId } = await crm.customer();
    const first = await crm.open({ customerId });
    await crm.idle();
    await crm.done(crm.tell(first.id, 'resolve'));
    expect(await crm.done(crm.tell(first.id, 'close'))).toMatchObject({ status: 'closed' });
    const second = await crm.open({ customerId });
    await crm.idle();
    expect(await crm.done(crm.tell(first.id, 'reopen', { reason: 'by phone' }))).toMatchObject({ status: 'reopened' });
    await crm.idle();
    expect(await crm.read(first.id)).toMatchObject({ status: 'queued' });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });
    await crm.done(crm.tell(second.id, 'resolve'));
    await crm.idle();
    expect(await crm.read(first.id)).toMatchObject({ status: 'assigned', agentId: 'ben' });
  });

  test('what a case is not ready for is refused with 409, naming the state it needs', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId });
    await crm.idle();
    const refused = async (verb: string, body: Record<string, unknown> = {}) => {
      const reply = await crm.tell(id, verb, body);
      return `${reply.status} ${reply.body.code}`;
    };
    expect(await refused('close')).toBe('409 case.not-resolved');
    expect(await refused('reopen')).toBe('409 case.not-resolved');
    await crm.done(crm.tell(id, 'resolve'));
    expect(await refused('resolve')).toBe('409 case.not-open');
    expect(await refused('assign', { agentId: 'ben' })).toBe('409 case.not-open');
    await crm.done(crm.tell(id, 'close'));
    expect(await refused('reply', { body: 'Hello' })).toBe('409 case.not-open');
    expect(await refused('close')).toBe('409 case.not-resolved');
    expect((await crm.tell(id, 'close')).body.detail).toMatch(/^Case C-\S+ is closed\. It must be resolved first\.$/);
  });

  test('a case is assigned by hand, moved and queued again; no agent gets more than the capacity', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 1 });
    await crm.agent('eva', { capacity: 1 });
    await crm.status('eva', 'away');
    await crm.queue('hard', { name: 'Hard', match: { attribute: 'subject', is: 'never' }, skills: ['magic'] });
    const { id: customerId } = await crm.customer();
    const [one, two] = [await crm.open({ customerId }), await crm.open({ customerId })];
    await crm.idle();
    const waiting = [await crm.read(one.id), await crm.read(two.id)].find(({ status }) => status === 'queued');
    const held = [one, two].find(({ id }) => id !== waiting.id)!;
    expect(await crm.tell(waiting.id, 'assign', { agentId: 'ben' })).toMatchObject({
      status: 409,
      body: { code: 'agent.full', detail: 'ben already has 1 of 1 cases.' },
    });
    expect((await crm.tell(waiting.id, 'assign', { agentId: 'zoe' })).body.code).toBe('agent.not-found');
    expect((await crm.tell(waiting.id, 'assign', { queue: 'nowhere' })).body.code).toBe('queue.not-found');
    expect((await crm.tell(waiting.id, 'assign', {})).status).toBe(422);

    // an agent who is away can be given a case by hand; that frees ben for what waits
    expect(await crm.done(crm.tell(held.id, 'assign', { agentId: 'eva' }))).toMatchObject({ agentId: 'eva' });
    await crm.idle();
    expect(await crm.read(waiting.id)).toMatchObject({ status: 'assigned', agentId: 'ben' });
    await crm.done(crm.tell(held.id, 'assign', { queue: 'hard' }));
    await crm.idle();
    expect(await crm.read(held.id)).toMatchObject({ status: 'queued', queue: 'hard', agentId: null });
    expect([await crm.readAgent('ben'), await crm.readAgent('eva')]).toMatchObject([{ load: 1 }, { load: 0 }]);
    expect((await crm.list({ queue: 'hard' })).map(({ id }) => id)).toEqual([held.id]);
  });

  test('a case that repeats another is merged into it', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const { id: customerId } = await crm.customer();
    const [one, two] = [await crm.open({ customerId }), await crm.open({ customerId, description: 'Once more' })];
    const foreign = await crm.open({ customerId: (await crm.customer()).id });
    await crm.idle();
    expect((await crm.tell(two.id, 'merge', { into: two.id })).body.code).toBe('case.merge-into-itself');
    expect((await crm.tell(two.id, 'merge', { into: foreign.id })).body.code).toBe('case.other-customer');
    expect(await crm.done(crm.tell(two.id, 'merge', { into: one.id }))).toMatchObject({
      status: 'closed',
      mergedInto: one.id,
    });
    const bodies = (await crm.thread(one.id)).map(({ kind, body }) => [kind, body]);
    expect(bodies).toEqual([
      ['note', `Merged from ${two.number} (${two.id}): A question`],
      ['inbound', 'Once more'],
      ['inbound', 'What about it'],
    ]);
    expect((await crm.tell(one.id, 'merge', { into: two.id })).body.code).toBe('case.not-open');
    expect(await crm.readAgent('ben')).toMatchObject({ load: 2 });
    expect((await crm.tell(two.id, 'reopen')).body.code).toBe('case.merged');
    for (const from of ['customer', 'agent'])
      expect(await crm.done(crm.tell(two.id, 'reply', { from, body: from }))).toMatchObject({ id: one.id });
    expect((await crm.thread(one.id)).slice(0, 2).map(({ body }) => body)).toEqual(['agent', 'customer']);
    expect(await crm.read(two.id)).toMatchObject({ status: 'closed' });
  });

  test('the customer rates the case by the link in the message, once', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const customer = await crm.customer();
    const { id, number } = await crm.open({ customerId: customer.id, subject: 'A <script> & more' });
    await crm.idle();
    await crm.done(crm.tell(id, 'resolve', { resolution: 'New pads' }));
    await crm.idle();
    const request = (await crm.outbox(customer.email)).find(({ subject }) => subject === `[${number}] How did we do?`)!;
    expect(request.text).toContain('New pads');
    const path = ratingLink(request.text);
    const shown = await crm.ask(`GET ${path}`, { token: null });
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(shown.body).toContain(`${number}: A &#60;script&#62; &#38; more`);
    expect((await crm.ask(`POST ${path}`, { token: null, body: { score: 6 } })).status).toBe(422);
    const rated = await crm.ask(`POST ${path}`, { token: null, body: { score: 4, comment: 'Quick' } });
    expect(rated).toMatchObject({ status: 200, body: { score: 4, comment: 'Quick' } });
    expect((await crm.ask(`POST ${path}`, { token: null, body: { score: 1 } })).body.code).toBe('case.rated');
    expect((await crm.ask(`POST ${path.slice(0, -2)}xx`, { token: null, body: { score: 1 } })).body.code).toBe(
      'link.invalid',
    );
    expect(await crm.read(id)).toMatchObject({ satisfaction: { score: 4, comment: 'Quick' } });
    const event = (await crm.timeline(customer.id)).find(({ type }) => type === 'case.rated');
    expect(event).toMatchObject({ data: { agentId: 'ben', score: 4 }, about: id });
  });

  test('notes stay inside; lists combine number, status, agent and customer', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const [ada, bea] = [await crm.customer(), await crm.customer()];
    const one = await crm.open({ customerId: ada.id });
    const two = await crm.open({ customerId: bea.id });
    await crm.idle();
    await crm.done(crm.tell(one.id, 'note', { body: 'Be careful' }));
    await crm.idle();
    expect((await crm.thread(one.id)).map(({ kind, body }) => [kind, body])).toEqual([
      ['note', 'Be careful'],
      ['inbound', 'What about it'],
    ]);
    expect(await crm.outbox(ada.email)).toHaveLength(1);
    await crm.done(crm.tell(two.id, 'resolve'));
    const ids = async (query: Record<string, string | number>) => (await crm.list(query)).map(({ id }) => id);
    expect(await ids({})).toEqual([two.id, one.id]);
    expect(await ids({ status: 'assigned' })).toEqual([one.id]);
    expect(await ids({ agentId: 'ben' })).toEqual([two.id, one.id]);
    expect(await ids({ agentId: 'ben', status: 'resolved' })).toEqual([two.id]);
    expect(await ids({ customerId: ada.id })).toEqual([one.id]);
    expect(await ids({ customerId: ada.id, status: 'resolved' })).toEqual([]);
    expect(await ids({ queue: 'general', customerId: bea.id })).toEqual([two.id]);
    expect(await ids({ number: two.number.toLowerCase() })).toEqual([two.id]);
    const { nextCursor, items } = await crm.done(crm.ask('GET /v1/cases', { query: { limit: 1 } }));
    expect(items).toMatchObject([{ id: two.id }]);
    expect(await ids({ limit: 1, cursor: nextCursor })).toEqual([one.id]);
  });
});

test('what a customer wrote at length stays whole, wherever the case is shown', async () => {
  const crm = desk(await world());
  await crm.agent('ben');
  const { id: customerId } = await crm.customer();
  const description = `${'The brakes squeal when it is cold. '.repeat(300)}Please call me about the zeppelin.`;
  const opened = await crm.open({ customerId, description });
  const short = await crm.open({ customerId, description: 'Brakes' });
  const none = await crm.open({ customerId, description: undefined });
  await crm.idle();
  expect([opened.description, (await crm.read(opened.id)).description]).toEqual([description, description]);
  expect((await crm.thread(opened.id)).map(({ body, kind }) => [kind, body])).toEqual([['inbound', description]]);
  const queries: Record<string, string>[] = [
    {},
    { customerId },
    { agentId: 'ben' },
    { status: 'assigned' },
    { number: opened.number },
  ];
  for (const query of queries) {
    const listed = new Map((await crm.list(query)).map(one => [one.id, one.description]));
    expect(listed.get(opened.id)).toBe(description);
    if (!query.number) expect([listed.get(short.id), listed.get(none.id)]).toEqual(['Brakes', '']);
  }
  const found = await crm.done(crm.ask('GET /v1/search', { query: { q: 'zeppelin', in: 'case' } }));
  expect(found.items).toMatchObject([{ id: opened.id }]);
  expect(await crm.done(crm.tell(opened.id, 'reply', { body: 'We do' }))).toMatchObject({ description });
  expect(await crm.done(crm.tell(opened.id, 'resolve'))).toMatchObject({ description, status: 'resolved' });
  expect((await crm.thread(opened.id)).map(({ body }) => body)).toEqual(['We do', description]);
});

test('two systems that answer each other come to an end: five acknowledgements an hour to one customer', async () => {
  const crm = desk(await world());
  const { id: customerId, email } = await crm.customer();
  await Promise.all(Array.from({ length: 8 }, () => crm.open({ customerId })));
  await crm.idle();
  const acknowledged = async () => (await crm.outbox(email)).filter(({ subject }) => /received/i.test(subject)).length;
  expect(await acknowledged()).toBe(5);
  const withheld = (await crm.decisions(customerId)).filter(
    ({ kind, outcome }) => kind === 'acknowledgement' && outcome === 'withheld',
  );
  expect(withheld.map(({ reasons }) => reasons)).toEqual(
    Array(3).fill(['5 cases of the customer were acknowledged in the last hour']),
  );
  await crm.advance('PT1H');
  await crm.open({ customerId });
  await crm.idle();
  expect(await acknowledged()).toBe(6);
});

import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

describe('a case finds its agent', () => {
  test('a case is classified, given to the agent who can do it and acknowledged once, all of it on the timeline', async () => {
    const crm = desk(await world());
    await crm.agent('mei', { skills: ['billing'] });
    await crm.agent('ben', { skills: ['brakes'], languages: ['en'] });
    await crm.category('safety', { words: { en: ['brakes'] }, rank: 1 });
    await crm.queue('workshop', {
      name: 'Workshop',
      match: { attribute: 'category', is: 'safety' },
      skills: ['brakes'],
    });
    const customer = await crm.customer({ timeZone: 'Asia/Singapore' });
    const opened = await crm.open({
      customerId: customer.id,
      subject: 'Brake noise',
      description: 'The brakes of my car squeal when it is cold',
      type: 'complaint',
    });
    expect(opened).toMatchObject({ status: 'new', customerId: customer.id });
    expect(opened.number).toMatch(/^C-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await crm.idle();

    expect(await crm.read(opened.id)).toMatchObject({
      status: 'assigned',
      agentId: 'ben',
      queue: 'workshop',
      category: 'safety',
      priority: 'high',
      language: 'en',
      sla: { firstResponseDueAt: null, resolutionDueAt: null, breached: [] },
    });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });
    const mails = await crm.outbox(customer.email);
    expect(mails).toHaveLength(1);
    expect(mails[0]!.subject).toBe(`[${opened.number}] We have received: Brake noise`);
    const types = (await crm.timeline(customer.id)).map(({ type }) => type);
    for (const type of ['case.opened', 'case.classified', 'case.assigned', 'case.acknowledged']) {
      expect(types.filter(one => one === type)).toEqual([type]);
    }
    const decisions = await crm.decisions(customer.id);
    expect(decisions.find(({ kind }) => kind === 'routing')).toMatchObject({
      outcome: 'assigned to ben',
      cause: opened.id,
      reasons: expect.arrayContaining(['has the skills brakes', 'speaks en']),
    });
    expect(decisions.find(({ kind }) => kind === 'classification').reasons.join()).toContain('category safety');
    const view = await crm.done(crm.ask('GET /v1/customers/{id}/view', { params: { id: customer.id } }));
    expect(view.cases).toMatchObject([{ id: opened.id, number: opened.number, status: 'assigned', priority: 'high' }]);
  });

  test('an unknown sender becomes a customer, who gets the case', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const email = `new@${crm.tenant}.example`;
    const opened = await crm.open({ from: { email: email.toUpperCase(), name: 'Nora New' } });
    expect(opened).toMatchObject({ customerId: null, from: { email, name: 'Nora New' } });
    await crm.idle();
    const found = await crm.read(opened.id);
    expect(found).toMatchObject({ status: 'assigned', customerId: expect.stringMatching(/^cus_/) });
    const customer = await crm.done(crm.ask('GET /v1/customers/{id}', { params: { id: found.customerId } }));
    expect(customer).toMatchObject({ email, name: 'Nora New' });
    expect(await crm.outbox(email)).toHaveLength(1);
    expect((await crm.timeline(found.customerId)).map(({ type }) => type)).toContain('case.opened');
    const again = await crm.open({ from: { email, name: 'Nora New' } });
    expect(again.customerId).toBe(found.customerId);
  });

  test('no agent is free: cases wait, the most urgent first, and are assigned as soon as there is capacity', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 1 });
    const customer = await crm.customer();
    const first = await crm.open({ customerId: customer.id });
    await crm.idle();
    const second = await crm.open({ customerId: customer.id, priority: 'low' });
    const third = await crm.open({ customerId: customer.id, priority: 'urgent' });
    await crm.idle();
    expect((await crm.list({ status: 'queued' })).map(({ id }) => id).sort()).toEqual([second.id, third.id].sort());
    expect(await crm.read(third.id)).toMatchObject({ status: 'queued', agentId: null, queue: 'general' });
    expect(await crm.outbox(customer.email)).toHaveLength(3);
    const waits = (await crm.decisions(customer.id)).find(({ outcome }) => outcome === 'queued in general');
    expect(waits.reasons).toEqual(['ben (ben) has no free capacity (1 of 1)']);

    await crm.done(crm.tell(first.id, 'resolve'));
    await crm.idle();
    expect(await crm.read(third.id)).toMatchObject({ status: 'assigned', agentId: 'ben' });
    expect(await crm.read(second.id)).toMatchObject({ status: 'queued' });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });

    await crm.agent('eva', { capacity: 1 });
    await crm.idle();
    expect(await crm.read(second.id)).toMatchObject({ status: 'assigned', agentId: 'eva' });
  });

  test('an agent who is away gets nothing until available, one who lacks the skill never', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { skills: ['brakes'] });
    await crm.agent('mei');
    await crm.status('ben', 'away');
    await crm.queue('workshop', { name: 'Workshop', match: { attribute: 'type', is: 'report' }, skills: ['brakes'] });
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId, type: 'report' });
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'queued', queue: 'workshop' });
    await crm.status('ben', 'available');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'ben' });
  });

  test('a case that only closed calendars keep from its agent is given away when they open', async () => {
    const crm = desk(await world());
    const now = new Date(await crm.now());
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const inTwoDays = days[(now.getUTCDay() + 2) % 7]!;
    await crm.calendar('late', { timeZone: 'UTC', hours: { [inTwoDays]: [['09:00', '17:00']] } });
    await crm.agent('ben', { calendarId: 'late' });
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId });
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'queued' });
    await crm.advance('P3D');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'ben' });
  });

  test('a machine’s letter is routed like any other and never acknowledged', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 9 });
    const customer = await crm.customer();
    const marked = await crm.open({ customerId: customer.id, automatic: true });
    const absence = await crm.open({
      customerId: customer.id,
      subject: 'Out of office: [C-1234-5678] We have received',
    });
    const own = [await crm.open({ from: { email: 'hello@example.com', name: 'Us' } })];
    const repliesTo = `help@${crm.tenant}.example`;
    await crm.done(crm.ask('PUT /v1/settings/preferences', { body: { repliesTo } }));
    own.push(await crm.open({ customerId: (await crm.customer({ email: repliesTo })).id }));
    await crm.idle();
    for (const { id } of [marked, absence, ...own]) {
      expect(await crm.read(id)).toMatchObject({ status: 'assigned', acknowledgedAt: null });
    }
    expect([...(await crm.outbox('hello@example.com')), ...(await crm.outbox(repliesTo))]).toEqual([]);
    expect(await crm.outbox(customer.email)).toEqual([]);
    const withheld = (await crm.decisions(customer.id)).filter(({ kind }) => kind === 'acknowledgement');
    expect(withheld.map(({ outcome }) => outcome)).toEqual(['withheld', 'withheld']);
  });

  test('a customer’s next case goes to the agent who knows them', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const { id: customerId } = await crm.customer();
    const first = await crm.open({ customerId });
    await crm.idle();
    await crm.agent('eva');
    const second = await crm.open({ customerId });
    await crm.idle();
    expect([await crm.read(first.id), await crm.read(second.id)]).toMatchObject([
      { agentId: 'ben' },
      { agentId: 'ben' },
    ]);
    const [routing] = (await crm.decisions(customerId)).filter(({ kind }) => kind === 'routing');
    expect(routing.reasons).toContain('last worked for this customer');
  });

  test('the event that opens a case, delivered again, changes nothing', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const customer = await crm.customer();
    const { id } = await crm.open({ customerId: customer.id });
    await crm.idle();
    const [before, agent] = [await crm.read(id), await crm.readAgent('ben')];
    const event = (await crm.timeline(customer.id)).find(({ type }) => type === 'case.opened');
    const { type, ...detail } = event;
    for (let times = 0; times < 3; times++) {
      const put = await crm.put(type, { ...detail, customerId: customer.id }, 'rapport.service');
      expect(put).toMatchObject({ status: 200 });
    }
    await crm.idle();
    const { sla, ...after } = await crm.read(id);
    const { workingSeconds: _, ...clocks } = before.sla; // goes on
    expect({ ...after, sla: before.sla }).toEqual(before);
    expect(sla).toMatchObject(clocks);
    expect(await crm.readAgent('ben')).toEqual(agent);
    expect(await crm.outbox(customer.email)).toHaveLength(1);
    expect((await crm.decisions(customer.id)).filter(({ cause }) => cause === id)).toHaveLength(4);
  });

  test('its decisions are listed one by one, whatever the page', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    const { id } = await crm.customer();
    await crm.open({ customerId: id });
    await crm.open({ customerId: id, automatic: true });
    await crm.idle();
    const all = await crm.decisions(id);
    const kinds = ['acknowledgement', 'classification', 'message', 'routing'];
    expect(kinds.map(name => all.filter(({ kind }) => kind === name).length)).toEqual([2, 2, 1, 2]);
    for (const limit of [1, 2, 3, 4]) {
      const listed = [];
      let cursor: string | undefined;
      do {
        const query = { limit, ...(cursor ? { cursor } : {}) };
        const page = await crm.done(crm.ask('GET /v1/customers/{id}/decisions', { params: { id }, query }));
        expect(page.items.length).toBeLessThanOrEqual(limit);
        listed.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(listed).toEqual(all);
    }
  });
});

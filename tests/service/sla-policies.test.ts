import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const hour = 3_600_000;
const always = {
  timeZone: 'UTC',
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map(day => [day, [['00:00', '24:00']]])),
};

describe('SLA policies', () => {
  test('a policy of lower rank number goes first; its hours count by its calendar', async () => {
    const crm = desk(await world());
    await crm.calendar('mondays', {
      timeZone: 'Asia/Singapore',
      hours: {
        mon: [
          ['09:00', '12:00'],
          ['13:00', '17:00'],
        ],
      },
    });
    await crm.policy('gold', {
      name: 'Gold',
      rank: 1,
      match: { attribute: 'customer.attributes.tier', is: 'gold' },
      firstResponse: 'PT4H',
      resolution: 'PT7H',
      calendarId: 'mondays',
    });
    await crm.policy('all', { name: 'All', rank: 2, firstResponse: 'P1D' });
    const gold = await crm.customer({ attributes: { tier: 'gold' } });
    const other = await crm.customer();
    const [one, two] = [await crm.open({ customerId: gold.id }), await crm.open({ customerId: other.id })];
    await crm.idle();
    const { sla } = await crm.read(one.id);
    // Monday 14:00 in Singapore, an hour after the break, unless the clock stands within a Monday
    expect(new Date(sla.firstResponseDueAt).getTime()).toBeGreaterThan(Date.parse(one.createdAt));
    if (new Date(Date.parse(one.createdAt) + 8 * hour).getUTCDay() !== 1) {
      expect(sla.firstResponseDueAt).toMatch(/T06:00:00/);
      expect(sla.resolutionDueAt).toMatch(/T09:00:00/);
    }
    const plain = (await crm.read(two.id)).sla;
    expect(Date.parse(plain.firstResponseDueAt) - Date.parse(two.createdAt)).toBe(24 * hour);
    expect(plain.resolutionDueAt).toBeNull();
  });

  test('a first response that is not given in time is escalated once, the priority rises, the reason is on record', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT2H', resolution: 'P2D' });
    const { id: customerId } = await crm.customer();
    const { id } = await crm.open({ customerId, priority: 'normal' });
    await crm.idle();
    await crm.advance('PT3H');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({
      priority: 'high',
      sla: { breached: ['firstResponse'], firstRespondedAt: null },
    });
    await crm.advance('P3D');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({
      priority: 'urgent',
      sla: { breached: ['firstResponse', 'resolution'] },
    });
    const escalated = (await crm.timeline(customerId)).filter(({ type }) => type === 'case.escalated');
    expect(escalated.map(({ data }) => data.clock)).toEqual(['resolution', 'firstResponse']);
    const decisions = (await crm.decisions(customerId)).filter(({ kind }) => kind === 'escalation');
    expect(decisions.map(({ outcome }) => outcome)).toEqual(['resolution missed', 'first response missed']);
  });

  test('a reply in time meets the first response; while the case waits for the customer the resolution clock is paused', async () => {
    const crm = desk(await world());
    await crm.agent('ben');
    await crm.calendar('always', always);
    await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT2H', resolution: 'PT10H', calendarId: 'always' });
    const customer = await crm.customer();
    const opened = await crm.open({ customerId: customer.id, subject: 'My car' });
    await crm.idle();
    const answered = await crm.done(crm.tell(opened.id, 'reply', { body: 'Which car is it, <b>Ada</b>? {{ 7 }}' }));
    expect(answered).toMatchObject({ status: 'waiting', agentId: 'ben' });
    expect(answered.sla.firstRespondedAt).not.toBeNull();
    await crm.advance('P2D');
    await crm.idle();
    const mail = (await crm.outbox(customer.email)).at(-1)!;
    expect(mail.subject).toBe(`[${opened.number}] Re: My car`);
    expect(mail.text).toContain('Which car is it, <b>Ada</b>? {{ 7 }}');
    expect(await crm.read(opened.id)).toMatchObject({ status: 'waiting', sla: { breached: [] } });
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });

    const replied = await crm.done(crm.tell(opened.id, 'reply', { body: 'The red one', from: 'customer' }));
    expect(replied).toMatchObject({ status: 'assigned', agentId: 'ben', sla: { pausedAt: null } });
    const left = Date.parse(replied.sla.resolutionDueAt) - Date.parse(replied.updatedAt);
    expect(left).toBeGreaterThan(9 * hour);
    expect(left).toBeLessThanOrEqual(10 * hour);
    await crm.idle();
    await crm.advance('PT11H');
    await crm.idle();
    expect(await crm.read(opened.id)).toMatchObject({ sla: { breached: ['resolution'] } });
    expect((await crm.thread(opened.id)).map(({ kind }) => kind)).toEqual(['inbound', 'reply', 'inbound']);
  });

  test('a case past its due time rises in priority and is served before a newer one; a resolved one no longer waits', async () => {
    const crm = desk(await world());
    await crm.agent('ben', { capacity: 1 });
    const match = { attribute: 'subject', is: 'Promised' };
    await crm.policy('some', { name: 'Some', rank: 1, match, firstResponse: 'PT2H' });
    const { id: customerId } = await crm.customer();
    const first = await crm.open({ customerId });
    await crm.idle();
    const overdue = await crm.open({ customerId, subject: 'Promised', priority: 'normal' });
    const high = await crm.open({ customerId, priority: 'high' });
    const resolved = await crm.open({ customerId, priority: 'urgent' });
    await crm.idle();
    await crm.done(crm.tell(resolved.id, 'resolve'));
    await crm.advance('PT3H');
    await crm.idle();
    expect(await crm.read(overdue.id)).toMatchObject({ status: 'queued', priority: 'high' });
    await crm.done(crm.tell(first.id, 'resolve'));
    await crm.idle();
    const after = await Promise.all([overdue, high, resolved].map(({ id }) => crm.read(id)));
    expect(after.map(({ status }) => status)).toEqual(['assigned', 'queued', 'resolved']);
    expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });
  });

  test('a reply to a case that still waits for an agent meets the first response and keeps its place in the queue', async () => {
    const crm = desk(await world());
    await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT2H' });
    const customer = await crm.customer();
    const { id } = await crm.open({ customerId: customer.id });
    await crm.idle();
    expect(await crm.done(crm.tell(id, 'reply', { body: 'We are looking into it' }))).toMatchObject({
      status: 'queued',
    });
    await crm.idle();
    await crm.advance('PT3H');
    expect(await crm.outbox(customer.email)).toHaveLength(2);
    await crm.agent('ben');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', agentId: 'ben', sla: { breached: [] } });
  });
});

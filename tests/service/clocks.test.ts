import { describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const minute = 60_000;

const company = async (policy: object) => {
  const crm = desk(await world());
  await crm.agent('ben');
  await crm.policy('all', { name: 'All', rank: 1, ...policy });
  const customer = await crm.customer();
  const opened = await crm.open({ customerId: customer.id });
  await crm.idle();
  const later = async (time: string) => {
    await crm.advance(time);
    await crm.idle();
    return (await crm.read(opened.id)).sla;
  };
  const reply = (from: string) => crm.done(crm.tell(opened.id, 'reply', { body: 'Well', from }));
  const clocks = async (type: string) =>
    (await crm.timeline(customer.id)).filter(one => one.type === type).map(({ data }) => data.clock);
  return { ...crm, id: opened.id, later, reply, clocks };
};

describe('the clocks of a case', () => {
  test('the next response is due from the first message that is not answered; a miss is kept', async () => {
    const crm = await company({ firstResponse: 'PT1H', nextResponse: 'PT2H', warnBefore: 'PT30M' });
    expect((await crm.reply('agent')).sla.nextResponseDueAt).toBeNull();
    const asked = await crm.reply('customer');
    expect(asked.status).toBe('assigned');
    expect(Date.parse(asked.sla.nextResponseDueAt) - Date.parse(asked.updatedAt)).toBe(120 * minute);
    await crm.idle();
    await crm.advance('PT20M');
    expect((await crm.reply('customer')).sla.nextResponseDueAt).toBe(asked.sla.nextResponseDueAt);
    expect(await crm.later('PT69M')).toMatchObject({ warned: [], breached: [] });
    expect(await crm.later('PT2M')).toMatchObject({ warned: ['nextResponse'], breached: [] });
    expect(await crm.later('PT30M')).toMatchObject({ breached: ['nextResponse'] });
    expect((await crm.reply('agent')).sla).toMatchObject({ nextResponseDueAt: null, breached: ['nextResponse'] });
    await crm.later('P1D');
    expect([await crm.clocks('case.sla-warning'), await crm.clocks('case.sla-breached')]).toEqual([
      ['nextResponse'],
      ['nextResponse'],
    ]);
  });

  test('the time of pauses, and from resolved to reopened, is no working time and moves the resolution', async () => {
    const crm = await company({ resolution: 'PT10H' });
    const { resolutionDueAt } = (await crm.read(crm.id)).sla;
    await crm.later('PT1H');
    await crm.reply('agent');
    const waits = await crm.later('PT2H');
    expect([waits.pausedSeconds, waits.workingSeconds].map(it => Math.round(it / 60))).toEqual([120, 60]);
    await crm.done(crm.tell(crm.id, 'resolve'));
    const resolved = await crm.later('PT5H');
    expect([resolved.pausedSeconds, resolved.workingSeconds].map(it => Math.round(it / 60))).toEqual([120, 60]);
    await crm.done(crm.tell(crm.id, 'reopen'));
    const reopened = await crm.later('PT1H');
    expect([reopened.pausedSeconds, reopened.workingSeconds].map(it => Math.round(it / 60))).toEqual([420, 120]);
    expect(Math.round((Date.parse(reopened.resolutionDueAt) - Date.parse(resolutionDueAt)) / minute)).toBe(420);
    expect((await crm.later('PT7H')).breached).toEqual([]);
    expect((await crm.later('PT2H')).breached).toEqual(['resolution']);
  });

  test('a policy names the states that pause: waiting for an agent may, waiting for the customer need not', async () => {
    const crm = desk(await world());
    await crm.policy('all', { name: 'All', rank: 1, resolution: 'PT3H', pauseIn: ['queued'] });
    const { id } = await crm.open({ customerId: (await crm.customer()).id });
    await crm.idle();
    await crm.advance('PT5H');
    await crm.idle();
    const { breached, workingSeconds } = (await crm.read(id)).sla;
    expect(breached).toEqual([]);
    expect(workingSeconds).toBeLessThan(60);
    await crm.agent('ben');
    await crm.idle();
    expect(await crm.read(id)).toMatchObject({ status: 'assigned', sla: { pausedAt: null } });
    expect(await crm.done(crm.tell(id, 'reply', { body: 'Which?' }))).toMatchObject({
      status: 'waiting',
      sla: { pausedAt: null },
    });
    await crm.advance('PT4H');
    await crm.idle();
    expect((await crm.read(id)).sla).toMatchObject({ breached: ['resolution'] });
  });
});

test('a calendar tells whether it is open, when it turns, when a time is due and how much passes', async () => {
  const crm = desk(await world());
  const nights = { timeZone: 'UTC', hours: { mon: [['22:00', '06:00']] }, yearly: ['12-28'] };
  await crm.calendar('nights', nights);
  const ask = (body: object) => crm.ask('POST /v1/calendars/{id}/time', { params: { id: 'nights' }, body });
  const at = '2026-12-14T23:00:00Z';
  expect((await ask({ at })).body).toEqual({
    open: true,
    nextOpen: '2026-12-21T22:00:00.000Z',
    nextClose: '2026-12-15T06:00:00.000Z',
  });
  const pauses = [['2026-12-15T00:00:00Z', '2026-12-15T02:00:00Z']];
  expect((await ask({ at, add: 'PT6H', until: '2027-01-01T00:00:00+01:00', pauses })).body).toMatchObject({
    due: '2026-12-21T23:00:00.000Z',
    seconds: 13 * 3600,
  });
  const refused = [
    { at: 'today' },
    { at, add: 'PT9H', pauses: [['2026-12-15T02:00:00Z', '2026-12-15T00:00:00Z']] },
    { at, add: 'P90Y' },
    { at, add: 'PT800000H' },
  ];
  expect(await Promise.all(refused.map(async body => (await ask(body)).status))).toEqual([422, 422, 422, 422]);
  expect((await crm.ask('POST /v1/calendars/{id}/time', { params: { id: 'days' }, body: { at } })).status).toBe(404);
  const wrong = { ...nights, hours: { mon: [['22:00', '06:00']], tue: [['05:00', '09:00']] } };
  expect((await crm.ask('PUT /v1/calendars/{id}', { params: { id: 'nights' }, body: wrong })).status).toBe(422);
});

import { describe, expect, test } from 'vitest';
import { noSla, type Sla } from '../../functions/service/cases/case.ts';
import type { SlaPolicy } from '../../functions/service/desk/sla-policy.ts';
import { dueTimes, nextDue, paused, resumed } from '../../functions/service/routing/sla.ts';

const stamps = { version: 1, createdAt: '', updatedAt: '' };
const policy: SlaPolicy = {
  id: 'gold',
  name: 'Gold',
  rank: 1,
  firstResponse: 'PT2H',
  resolution: 'PT16H',
  pauseIn: ['waiting'],
  ...stamps,
};
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const office = {
  timeZone: 'UTC',
  hours: Object.fromEntries(weekdays.map(day => [day, [['09:00', '17:00']]])),
} as Parameters<typeof dueTimes>[2];
const friday = '2026-11-27T16:00:00.000Z';

describe('due times', () => {
  test('business time passes only in the hours of the calendar; without one the clock always runs', () => {
    expect(dueTimes(noSla, policy, office, friday)).toMatchObject({
      policyId: 'gold',
      firstResponseDueAt: '2026-11-30T10:00:00.000Z',
      resolutionDueAt: '2026-12-01T16:00:00.000Z',
    });
    expect(dueTimes(noSla, policy, null, friday)).toMatchObject({
      firstResponseDueAt: '2026-11-27T18:00:00.000Z',
      resolutionDueAt: '2026-11-28T08:00:00.000Z',
    });
    expect(dueTimes(noSla, undefined, null, friday)).toEqual(noSla);
  });

  test('while the case waits for the customer the resolution clock is paused: the time left stays', () => {
    const begun = dueTimes(noSla, policy, office, friday); // 16 h: one passes on Friday
    const waits = paused(begun, '2026-11-30T09:00:00.000Z'); // 15 h are left
    expect(paused(waits, '2026-11-30T12:00:00.000Z').pausedAt).toBe('2026-11-30T09:00:00.000Z');
    const goesOn = resumed(waits, office, '2026-12-05T12:00:00.000Z'); // a Saturday
    expect(goesOn).toMatchObject({ pausedAt: null, resolutionDueAt: '2026-12-08T16:00:00.000Z' });
    const always = resumed(paused(dueTimes(noSla, policy, null, friday), friday), null, '2026-12-05T12:00:00.000Z');
    expect(always.resolutionDueAt).toBe('2026-12-06T04:00:00.000Z');
  });

  test('a due time that was missed before the pause stays missed', () => {
    const waits = paused(dueTimes(noSla, policy, null, friday), '2026-12-01T00:00:00.000Z');
    expect(resumed(waits, null, '2026-12-02T00:00:00.000Z')).toMatchObject({
      pausedAt: null,
      resolutionDueAt: '2026-11-28T08:00:00.000Z',
    });
  });
});

describe('what is due next', () => {
  const sla = dueTimes(noSla, policy, null, friday);
  const due = (more: Partial<Sla>, status: Parameters<typeof nextDue>[0]['status'] = 'assigned') =>
    nextDue({ status, sla: { ...sla, ...more }, resolvedAt: friday });

  test('the earliest clock that runs', () => {
    expect(due({})).toEqual({ what: 'firstResponse', dueAt: '2026-11-27T18:00:00.000Z' });
    expect(due({ firstRespondedAt: friday })).toEqual({ what: 'resolution', dueAt: '2026-11-28T08:00:00.000Z' });
    expect(due({ breached: ['firstResponse'] })).toMatchObject({ what: 'resolution' });
    expect(due({ firstRespondedAt: friday, pausedAt: friday })).toBeNull();
    expect(due({ breached: ['firstResponse', 'resolution'] })).toBeNull();
  });

  test('a resolved case is closed after the days to object, a closed one is at rest', () => {
    expect(due({}, 'resolved')).toEqual({ what: 'close', dueAt: '2026-12-04T16:00:00.000Z' });
    expect(due({}, 'closed')).toBeNull();
  });
});

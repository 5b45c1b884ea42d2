import { describe, expect, test } from 'vitest';
import { assign, type Candidate, type Rule } from '../../functions/assignment/assign.ts';

const now = '2026-11-23T08:00:00.000Z'; // a Monday
const stamps = { version: 1, createdAt: now, updatedAt: now };
const agent = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, name: id, skills: [], languages: [], capacity: 4, status: 'available', load: 0, lastAssignedAt: null },
  ...{ hours: null, teams: [], ...stamps, ...more },
});
const hours = (id: string, opens: string): Candidate['hours'] => ({
  id,
  ...{ timeZone: 'UTC', hours: { mon: [[opens, '17:00']] }, holidays: [], yearly: [], exceptions: {}, ...stamps },
});
const rule: Rule = { id: 'general', unit: 'cases' };
const work = { language: null, knownBy: null };
const chosen = (
  { skills, language = null, knownBy = null }: { skills?: string[]; language?: string | null; knownBy?: string | null },
  ...agents: Candidate[]
) => assign({ language, knownBy }, agents, { ...rule, skills }, now).who?.id;

describe('choosing an agent', () => {
  test('all skills are needed, not some', () => {
    const [some, all] = [agent('some', { skills: ['a'] }), agent('all', { skills: ['c', 'b', 'a'] })];
    expect(chosen({ skills: ['a', 'b'] }, some, all)).toBe('all');
    expect(chosen({ skills: ['a', 'b'] }, some)).toBeUndefined();
  });

  test('a language matches in any region; an agent without languages takes any', () => {
    expect(
      chosen({ language: 'en-SG' }, agent('de', { languages: ['de'] }), agent('en', { languages: ['EN_gb'] })),
    ).toBe('en');
    expect(chosen({ language: 'ta' }, agent('unsaid'))).toBe('unsaid');
    expect(chosen({ language: null }, agent('de', { languages: ['de'] }))).toBe('de');
  });

  test('the customer’s own agent first, else the least loaded by ratio, else the longest idle, else by id', () => {
    const small = agent('small', { load: 1, capacity: 2 });
    const large = agent('large', { load: 2, capacity: 10 });
    expect(chosen({}, small, large)).toBe('large');
    expect(chosen({ knownBy: 'small' }, small, large)).toBe('small');
    const [recent, idle] = [
      agent('a', { lastAssignedAt: '2026-11-23T07:59:00.000Z' }),
      agent('b', { lastAssignedAt: '2026-11-20T00:00:00.000Z' }),
    ];
    expect(chosen({}, recent, idle)).toBe('b');
    expect(chosen({}, recent, idle, agent('never'))).toBe('never');
    expect(chosen({}, agent('y'), agent('x'))).toBe('x');
    expect(chosen({}, agent('x'), agent('y'))).toBe('x');
  });

  test('no agent: the obstacles of each are listed, and when the hours of the first begin who is only off duty', () => {
    const choice = assign(
      { ...work, language: 'en' },
      [
        agent('full', { skills: ['brakes'], load: 4 }),
        agent('away', { skills: ['brakes'], status: 'away', hours: hours('early', '08:30') }),
        agent('lacking', { languages: ['de'] }),
        agent('late', { skills: ['brakes'], hours: hours('late', '10:00') }),
        agent('soon', { skills: ['brakes'], hours: hours('soon', '09:00') }),
      ],
      { ...rule, skills: ['brakes'] },
      now,
    );
    expect(choice).toMatchObject({
      who: null,
      why: [
        'full (full) has no free capacity (4 of 4)',
        'away (away) is away, is off duty',
        'lacking (lacking) lacks brakes, does not speak en',
        'late (late) is off duty',
        'soon (soon) is off duty',
      ],
      opening: { calendarId: 'soon', at: '2026-11-23T09:00:00.000Z' },
    });
    expect(assign(work, [], rule, now).why).toEqual(['there are no agents']);
  });

  test('many obstacles are summed up; an agent without capacity is never chosen', () => {
    const many = Array.from({ length: 14 }, (_, nth) => agent(`a${nth}`, { capacity: 0 }));
    const { who: none, why: reasons } = assign(work, many, rule, now);
    expect(none).toBeNull();
    expect(reasons.at(-1)).toBe('and 4 others');
  });
});

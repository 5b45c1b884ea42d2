import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, type Candidate, type Method, type Rule, withTurn } from '../../functions/assignment/assign.ts';

const start = Date.parse('2026-11-23T08:00:00.000Z');
const at = (ms: number) => new Date(start + ms).toISOString();
const someone = (nth: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id: `r${String(nth).padStart(2, '0')}`, name: `R${nth}`, skills: [], languages: [], teams: [] },
  ...{ status: 'available', capacity: Number.POSITIVE_INFINITY, load: 0, lastAssignedAt: null, hours: null },
  createdAt: at(nth),
  ...more,
});
const work = { language: null, knownBy: null };

/** gives a piece of work, as the contexts record it */
const given = (all: Candidate[], rule: Rule, ms: number) => {
  const { who } = assign(work, all, rule, at(ms));
  if (who) {
    who.load += 1;
    who.lastAssignedAt = at(ms);
    who.turns = withTurn(who.turns, rule.id, at(ms));
  }
  return who;
};

describe('fairness', () => {
  test.each(['leastBusy', 'roundRobin'] as const)(
    'ten thousand leads to forty people differ by one at most (%s)',
    method => {
      const all = Array.from({ length: 40 }, (_, nth) => someone(nth));
      for (let nth = 0; nth < 10_000; nth++) given(all, { id: 'web', unit: 'open leads', method }, 1000 + nth);
      const loads = all.map(({ load }) => load);
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
      expect(loads.reduce((sum, one) => sum + one, 0)).toBe(10_000);
    },
  );

  test('a limit is never passed, and nobody able with room is passed over', () => {
    const people = fc.array(
      fc.record({
        capacity: fc.integer({ min: 0, max: 4 }),
        load: fc.integer({ min: 0, max: 4 }),
        status: fc.constantFrom('available' as const, 'busy' as const, 'away' as const),
        skills: fc.subarray(['a', 'b']),
        languages: fc.subarray(['en', 'de']),
      }),
      { maxLength: 6 },
    );
    const rules = fc.record({
      skills: fc.subarray(['a', 'b']),
      method: fc.constantFrom<Method>('leastBusy', 'roundRobin'),
      limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(people, rules, fc.constantFrom('en', 'de', null), (some, rule, language) => {
        const all = some.map((one, nth) => someone(nth, one));
        const { who } = assign({ ...work, language }, all, { id: 'q', unit: 'cases', ...rule }, at(0));
        const could = ({ status, load, capacity, skills, languages }: Candidate) =>
          status === 'available' &&
          load < Math.min(capacity, rule.limit ?? capacity) &&
          rule.skills.every(skill => skills.includes(skill)) &&
          (!language || !languages.length || languages.includes(language));
        expect(who !== null).toBe(all.some(could));
        if (who) expect(could(who)).toBe(true);
      }),
    );
  });

  test('in turn: who was chosen goes to the end, who was not there keeps the place', () => {
    const all = Array.from({ length: 5 }, (_, nth) => someone(nth));
    const rule: Rule = { id: 'q', unit: 'cases', method: 'roundRobin' };
    const present = (...ids: number[]) => all.filter((_, nth) => ids.includes(nth));
    expect(given(present(0, 4), rule, 10)?.id).toBe('r00');
    expect([11, 12, 13, 14, 15].map(ms => given(all, rule, ms)?.id)).toEqual(['r01', 'r02', 'r03', 'r04', 'r00']);
  });

  test('the same work, candidates and rule give the same answer; why and why not name everybody', () => {
    const all = [someone(0, { status: 'away' }), someone(1), someone(2, { load: 3 })];
    const asked = () => assign(work, all, { id: 'q', unit: 'cases' }, at(0));
    expect(asked()).toEqual(asked());
    expect(asked()).toMatchObject({
      who: { id: 'r01' },
      why: [expect.stringContaining('R1 (r01) is available'), 'preferred to 1 other agent'],
      whyNot: { r00: 'is away', r02: expect.stringContaining('comes after') },
    });
  });

  test('heavy work is for who has nothing else, and never for who takes none', () => {
    const rule: Rule = { id: 'q', unit: 'cases' };
    const heavy = { ...work, weight: 5 };
    const chosen = (more: Partial<Candidate>) => assign(heavy, [someone(0, more)], rule, at(0)).who?.id;
    expect(chosen({ capacity: 8, load: 3 })).toBe('r00');
    expect(chosen({ capacity: 8, load: 4 })).toBeUndefined();
    expect(chosen({ capacity: 2, load: 0 })).toBe('r00');
    expect(chosen({ capacity: 2, load: 1 })).toBeUndefined();
    expect(chosen({ capacity: 0, load: 0 })).toBeUndefined();
  });
});

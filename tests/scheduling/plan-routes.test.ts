import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Job,
  type Plan,
  planRoutes,
  type Technician,
  travelMinutes,
  weights,
  whyNot,
} from '../../functions/scheduling/plan-routes.ts';

const day = Date.parse('2026-12-02T00:00:00Z');
const hour = 3_600_000;
const at = (hours: number) => new Date(day + hours * hour).toISOString();

const technician = (staffId: string, more: Partial<Technician> = {}): Technician => ({
  staffId,
  base: { lat: 1.3, lon: 103.8 },
  free: [[day + 8 * hour, day + 17 * hour]],
  skills: [],
  ...more,
});

const job = (id: string, lat: number, lon: number, more: Partial<Job> = {}): Job => ({
  id,
  place: { lat: 1.3 + lat, lon: 103.8 + lon },
  minutes: 60,
  skills: [],
  parts: [],
  priority: 'normal',
  ...more,
});

const stopsOf = ({ routes }: Plan) =>
  Object.fromEntries(routes.map(({ staffId, stops }) => [staffId, stops.map(({ id }) => id)]));

test('the distance is that of the great circle, by road and speed', () => {
  // Singapore to Kuala Lumpur: 309 km as the crow flies
  const [singapore, kualaLumpur] = [
    { lat: 1.2897, lon: 103.8501 },
    { lat: 3.139, lon: 101.6869 },
  ];
  expect(travelMinutes(singapore, kualaLumpur, 60) / 1.3).toBeCloseTo(316, -1);
});

test('skills, parts, windows and other bookings bind; what cannot be done says why', () => {
  const team = [
    technician('electric', { skills: ['electric'], stock: { cable: 1 } }),
    technician('any', {
      free: [
        [day + 8 * hour, day + 10 * hour],
        [day + 12 * hour, day + 17 * hour],
      ],
      stock: { cable: 0 },
    }),
  ];
  const jobs = [
    job('high voltage', 0.01, 0, { skills: ['electric'], parts: [{ sku: 'cable', quantity: 1 }] }),
    job('two cables', 0.02, 0, { parts: [{ sku: 'cable', quantity: 2 }] }),
    job('at noon', 0, 0.02, { window: { from: at(10), to: at(10.5) } }),
    job('welding', 0, 0, { skills: ['weld'] }),
    job('at night', 0, 0, { window: { from: at(20), to: at(21) } }),
  ];
  const plan = planRoutes(team, jobs);
  expect(stopsOf(plan)).toEqual({ electric: ['at noon', 'high voltage'], any: [] });
  expect(plan.unassigned.sort()).toEqual(['at night', 'two cables', 'welding']);
  const why = (id: string) => whyNot(jobs.find(one => one.id === id)!, team);
  expect(why('welding')).toBe('nobody has the skills weld');
  expect(why('two cables')).toBe('nobody with the skills has the parts cable');
  expect(why('at night')).toBe('nobody can be there in its window and their hours');
});

test('a full day goes to what is most urgent', () => {
  const jobs = Array.from({ length: 12 }, (_, nth) => job(`n${nth}`, 0.01, 0.001 * nth, { minutes: 90 }));
  const plan = planRoutes([technician('a')], [...jobs, job('u', 0.2, 0.2, { priority: 'urgent', minutes: 90 })]);
  expect(stopsOf(plan).a).toContain('u');
  expect(plan.unassigned.length).toBeGreaterThan(5);
});

/** every way to give jobs to technicians in every order */
const cheapest = (team: Technician[], jobs: Job[]): number => {
  let best = Number.POSITIVE_INFINITY;
  const cost = (orders: Job[][]) => {
    const all = orders.map((ids, who) => replay(team[who]!, ids));
    if (all.some(length => length === undefined)) return;
    const done = new Set(orders.flat());
    const left = jobs.filter(one => !done.has(one)).reduce((sum, one) => sum + weights[one.priority], 0);
    best = Math.min(
      best,
      all.reduce<number>((sum, length) => sum + length!, left),
    );
  };
  const place = (nth: number, orders: Job[][]) => {
    const one = jobs[nth];
    if (!one) return cost(orders);
    place(nth + 1, orders);
    orders.forEach((ids, who) => {
      for (let index = 0; index <= ids.length; index++) place(nth + 1, orders.with(who, ids.toSpliced(index, 0, one)));
    });
  };
  place(
    0,
    team.map(() => []),
  );
  return best;
};

/** the rules once more, written another way: minutes of travel, undefined where a rule is broken */
const replay = ({ base, free, skills }: Technician, ids: Job[]) => {
  let [now, from, travel] = [free[0]![0], base, 0];
  for (const { place, minutes, window, skills: needed } of ids) {
    if (needed.some(skill => !skills.includes(skill))) return undefined;
    const way = travelMinutes(from, place, 40);
    now += Math.ceil(way) * 60_000;
    if (window) now = Math.max(now, Date.parse(window.from));
    const span = free.find(([open, end]) => Math.max(open, now) + minutes * 60_000 <= end);
    if (!span) return undefined;
    now = Math.max(span[0], now);
    if (window && now > Date.parse(window.to)) return undefined;
    now += minutes * 60_000;
    travel += way;
    from = place;
  }
  return travel + (ids.length ? travelMinutes(from, base, 40) : 0);
};

test('small days are planned as well as all ways tried, and every plan keeps the rules', () => {
  const number = (max: number) => fc.integer({ min: -max, max }).map(one => one / 100);
  const anyJob = fc.record({
    lat: number(20),
    lon: number(20),
    minutes: fc.constantFrom(30, 90, 180),
    skilled: fc.boolean(),
    priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
    from: fc.option(fc.integer({ min: 8, max: 15 }), { nil: undefined }),
  });
  let [sum, least] = [0, 0];
  fc.assert(
    fc.property(fc.array(anyJob, { minLength: 1, maxLength: 4 }), given => {
      const team = [technician('a', { skills: ['x'] }), technician('b', { base: { lat: 1.4, lon: 103.9 } })];
      const jobs = given.map(({ lat, lon, from, skilled, minutes, priority }, nth) =>
        job(`j${nth}`, lat, lon, {
          minutes,
          priority: priority as Job['priority'],
          skills: skilled ? ['x'] : [],
          ...(from ? { window: { from: at(from), to: at(from + 2) } } : {}),
        }),
      );
      const plan = planRoutes(team, jobs);
      const byId = new Map(jobs.map(one => [one.id, one]));
      const lengths = plan.routes.map(({ stops }, who) =>
        replay(
          team[who]!,
          stops.map(({ id }) => byId.get(id)!),
        ),
      );
      expect(lengths).not.toContain(undefined);
      const best = cheapest(team, jobs);
      expect(plan.cost).toBeGreaterThan(best - 1e-6);
      [sum, least] = [sum + plan.cost, least + best];
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(sum / least).toBeLessThan(1.005);
});

test('a plan does not depend on chance', () => {
  const jobs = Array.from({ length: 30 }, (_, nth) => job(`j${nth}`, ((nth * 37) % 19) / 100, ((nth * 53) % 23) / 100));
  const team = ['a', 'b', 'c', 'd'].map(id => technician(id));
  expect(planRoutes(team, jobs)).toEqual(planRoutes(team, jobs));
  expect(planRoutes(team, jobs).cost).toBeLessThanOrEqual(planRoutes(team, jobs, { tries: 0 }).cost);
});

import { toMs } from '../shared/time/duration.ts';
import type { Span } from '../shared/time/open-spans.ts';

export type Place = { lat: number; lon: number };

/** someone who visits customers on a day, from a place and back to it */
export type Technician = {
  staffId: string;
  base: Place;
  /** open and not taken by anything else (milliseconds) */
  free: Span[];
  skills: readonly string[];
  /** parts on board, by sku; a part that nobody carries is there */
  stock?: Record<string, number> | undefined;
};

export type Job = {
  id: string;
  place: Place;
  minutes: number;
  skills: readonly string[];
  parts: readonly { sku: string; quantity: number }[];
  priority: keyof typeof weights;
  /** the earliest and the latest beginning */
  window?: { from: string; to: string } | undefined;
};

/** what a job that is not visited costs, in minutes of travel */
export const weights = { low: 300, normal: 1000, high: 3000, urgent: 10_000 } as const;

export type Stop = { id: string; arrivesAt: number; startsAt: number; endsAt: number; travelMinutes: number };
export type Route = { staffId: string; stops: Stop[]; travelMinutes: number };
export type Plan = { routes: Route[]; unassigned: string[]; cost: number };

const minute = 60_000;

/** roads are longer than the line between two places */
const detour = 1.3;

/** minutes between two places, by the great circle (radius 6371 km) at a mean speed */
export const travelMinutes = (a: Place, b: Place, speedKmh: number) => {
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const [dLat, dLon] = [rad(b.lat - a.lat) / 2, rad(b.lon - a.lon) / 2];
  const half = Math.sin(dLat) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(dLon) ** 2;
  return ((12_742 * Math.asin(Math.min(1, Math.sqrt(half))) * detour) / speedKmh) * 60;
};

/** the earliest beginning from an instant on at which a job fits into free time */
const earliest = (free: Span[], from: number, long: number) => {
  for (const [open, end] of free) if (Math.max(open, from) + long <= end) return Math.max(open, from);
  return undefined;
};

type Context = { jobs: Job[]; speedKmh: number; carried: Set<string> };

const mayDo = ({ skills }: Technician, job: Job) => job.skills.every(skill => skills.includes(skill));

const hasParts = ({ stock = {} }: Technician, ids: number[], { jobs, carried }: Context) => {
  const needed: Record<string, number> = {};
  for (const id of ids) {
    for (const { sku, quantity } of jobs[id]!.parts) if (carried.has(sku)) needed[sku] = (needed[sku] ?? 0) + quantity;
  }
  return Object.entries(needed).every(([sku, quantity]) => (stock[sku] ?? 0) >= quantity);
};

/** the stops of jobs in an order, each as early as it can be; undefined where one does not fit */
const driven = (technician: Technician, ids: number[], context: Context): Route | undefined => {
  const { base, free, staffId } = technician;
  let at = free[0]?.[0];
  if (at === undefined || !hasParts(technician, ids, context)) return ids.length ? undefined : emptyRoute(staffId);
  let from = base;
  let travel = 0;
  const stops: Stop[] = [];
  for (const nth of ids) {
    const { id, place, minutes, window } = context.jobs[nth]!;
    const way = travelMinutes(from, place, context.speedKmh);
    const arrivesAt: number = at + Math.ceil(way) * minute;
    const ready = window ? Math.max(arrivesAt, toMs(window.from)) : arrivesAt;
    const startsAt = earliest(free, ready, minutes * minute);
    if (startsAt === undefined || (window && startsAt > toMs(window.to))) return undefined;
    const endsAt = startsAt + minutes * minute;
    stops.push({ id, arrivesAt, startsAt, endsAt, travelMinutes: way });
    travel += way;
    [at, from] = [endsAt, place];
  }
  return { staffId, stops, travelMinutes: travel + (ids.length ? travelMinutes(from, base, context.speedKmh) : 0) };
};

const emptyRoute = (staffId: string): Route => ({ staffId, stops: [], travelMinutes: 0 });

/** a solution: the jobs of each technician in order, and those of nobody */
type Solution = { orders: number[][]; left: Set<number> };

type Best = { added: number; at: number } | undefined;

const search = (technicians: Technician[], context: Context) => {
  const lengths = new Map<string, number | undefined>();
  /** minutes of travel of an order, undefined where it cannot be done */
  const lengthOf = (who: number, ids: number[]) => {
    const key = `${who}:${ids.join()}`;
    if (!lengths.has(key)) {
      if (lengths.size > 200_000) lengths.clear();
      lengths.set(key, driven(technicians[who]!, ids, context)?.travelMinutes);
    }
    return lengths.get(key);
  };

  const bestPlace = (who: number, ids: number[], job: number): Best => {
    if (!mayDo(technicians[who]!, context.jobs[job]!)) return undefined;
    const before = lengthOf(who, ids)!;
    let best: Best;
    for (let at = 0; at <= ids.length; at++) {
      const length = lengthOf(who, ids.toSpliced(at, 0, job));
      if (length !== undefined && (!best || length - before < best.added)) best = { added: length - before, at };
    }
    return best;
  };

  /** Inserts the jobs of nobody: first the one that loses most if it does not get its best place (regret, by priority). */
  const repair = ({ orders, left }: Solution) => {
    const open = new Map([...left].map(job => [job, orders.map((ids, who) => bestPlace(who, ids, job))]));
    for (;;) {
      let chosen: { job: number; who: number; at: number; regret: number } | undefined;
      for (const [job, places] of open) {
        const found = places
          .flatMap((place, who) => (place ? [{ ...place, who }] : []))
          .sort((a, b) => a.added - b.added);
        const [first, second] = found;
        if (!first) continue;
        const without = weights[context.jobs[job]!.priority];
        const regret = (second ? Math.min(second.added, without) : without) - first.added + without / 1000;
        if (!chosen || regret > chosen.regret) chosen = { job, who: first.who, at: first.at, regret };
      }
      if (!chosen) return;
      const { job, who, at } = chosen;
      orders[who] = orders[who]!.toSpliced(at, 0, job);
      open.delete(job);
      left.delete(job);
      for (const [other, places] of open) places[who] = bestPlace(who, orders[who]!, other);
    }
  };

  const costOf = ({ orders, left }: Solution) =>
    orders.reduce((sum, ids, who) => sum + lengthOf(who, ids)!, 0) +
    [...left].reduce((sum, job) => sum + weights[context.jobs[job]!.priority], 0);

  return { repair, costOf };
};

/** numbers from 0 to 1 that follow from a seed (mulberry32) */
const numbersFrom = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

const copyOf = ({ orders, left }: Solution): Solution => ({ orders: orders.map(ids => [...ids]), left: new Set(left) });

/** takes jobs out that are near a random one, by place and by the same route alike */
const withoutSome = (solution: Solution, { jobs, speedKmh }: Context, random: () => number): Solution => {
  const next = copyOf(solution);
  const all = next.orders.flat();
  if (!all.length) return next;
  const seed = jobs[all[Math.floor(random() * all.length)]!]!;
  const nearness = (job: number) => travelMinutes(seed.place, jobs[job]!.place, speedKmh) * (0.5 + random());
  const most = Math.max(2, Math.min(12, Math.ceil(all.length * 0.3)));
  const out = new Set(
    all
      .map(job => ({ job, near: nearness(job) }))
      .sort((a, b) => a.near - b.near)
      .slice(0, 1 + Math.floor(random() * most))
      .map(({ job }) => job),
  );
  next.orders = next.orders.map(ids => ids.filter(job => !out.has(job)));
  for (const job of out) next.left.add(job);
  return next;
};

/**
 * Plans who visits whom in which order. The objective, least is best: minutes of travel, the way back included, and `weights`
 * for each job that is not visited. Regret insertion, then large neighbourhood search (Shaw 1998, Ropke and Pisinger 2006)
 * with a fixed number of tries and fixed random numbers: the same question has the same answer. Pure.
 */
export const planRoutes = (technicians: Technician[], jobs: Job[], { speedKmh = 40, tries = 300 } = {}): Plan => {
  const carried = new Set(technicians.flatMap(({ stock = {} }) => Object.keys(stock)));
  const context: Context = { jobs, speedKmh, carried };
  const { repair, costOf } = search(technicians, context);
  const random = numbersFrom(jobs.length * 31 + technicians.length);
  let best: Solution = { orders: technicians.map(() => []), left: new Set(jobs.keys()) };
  repair(best);
  let cost = costOf(best);
  for (let nth = 0; nth < tries && jobs.length > 1; nth++) {
    const next = withoutSome(best, context, random);
    repair(next);
    const found = costOf(next);
    if (found < cost - 1e-9) [best, cost] = [next, found];
  }
  const routes = best.orders.map((ids, who) => driven(technicians[who]!, ids, context)!);
  return { routes, unassigned: [...best.left].map(job => jobs[job]!.id), cost };
};

/** why nobody visits a job, as far as it can be told of one job alone */
export const whyNot = (job: Job, technicians: Technician[], speedKmh = 40): string => {
  const able = technicians.filter(one => mayDo(one, job));
  if (!able.length) return `nobody has the skills ${job.skills.join(', ')}`;
  const carried = new Set(technicians.flatMap(({ stock = {} }) => Object.keys(stock)));
  const context: Context = { jobs: [job], speedKmh, carried };
  const equipped = able.filter(one => hasParts(one, [0], context));
  if (!equipped.length) return `nobody with the skills has the parts ${job.parts.map(({ sku }) => sku).join(', ')}`;
  if (!equipped.some(one => driven(one, [0], context))) return 'nobody can be there in its window and their hours';
  return 'others went before it: the day is full';
};

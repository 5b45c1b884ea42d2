import { workOrderPlanned, workOrderUnplanned } from '../../events/work-order.ts';
import { profiles } from '../assignment/agent.ts';
import { calendars } from '../assignment/business-calendar.ts';
import { staff } from '../organisation/staff-member.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, eventOf, update, updated } from '../shared/store/changes.ts';
import { allPages } from '../shared/store/record-page.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { toIso } from '../shared/time/duration.ts';
import { type Span, spansOn } from '../shared/time/open-spans.ts';
import { agendaChanges, takenOf } from './agenda.ts';
import { type Job, planRoutes, type Route, type Technician, weights, whyNot } from './plan-routes.ts';
import { stateIn, type Territory, territories, timeOf, type WorkOrder, workOrders } from './work-order.ts';

/** what a request can plan within its time */
const mostOrders = 300;

type Question = { day: string; territory: string; apply: boolean };

/** spans that are in all of several lists */
const common = (lists: Span[][]): Span[] =>
  lists.reduce((all, spans) =>
    all.flatMap(([from, to]) =>
      spans.flatMap(([start, end]): Span[] => {
        const both: Span = [Math.max(from, start), Math.min(to, end)];
        return both[0] < both[1] ? [both] : [];
      }),
    ),
  );

const less = (spans: Span[], [from, to]: Span): Span[] =>
  spans.flatMap(([start, end]): Span[] => {
    const parts: Span[] = [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ];
    return parts.filter(([begins, ends]) => begins < ends);
  });

/** those who can drive on a day: their hours from now on, less what they have to do besides these work orders */
const techniciansOn = async (day: string, territory: Territory, movable: Set<string>, { store, now }: Ctx) => {
  const date = Date.parse(day);
  const hours = await store.need(calendars, { id: territory.calendarId });
  const found = await Promise.all(
    territory.technicians.map(async ({ staffId, base = territory.base, stock }): Promise<Technician[]> => {
      const [member, profile] = await Promise.all([
        store.get(staff, { id: staffId }),
        store.get(profiles, { id: staffId }),
      ]);
      if (!member) return [];
      const own = profile?.calendarId ? await store.get(calendars, { id: profile.calendarId }) : undefined;
      const open = common([spansOn(hours, date), ...(own ? [spansOn(own, date)] : [])]);
      const begin = toIso(date - 36 * 3_600_000);
      const taken = (await takenOf(store, staffId, begin, toIso(date + 60 * 3_600_000))).filter(
        ({ id }) => !movable.has(id),
      );
      const busy: Span[] = [
        [0, Date.parse(now)],
        ...taken.map(({ from, to }): Span => [Date.parse(from), Date.parse(to)]),
      ];
      return [{ staffId, base, stock, skills: member.skills, free: busy.reduce(less, open) }];
    }),
  );
  return found.flat();
};

const jobOf = ({ id, location, durationMinutes, skills, parts, priority, window }: WorkOrder): Job => {
  return { id, place: location, minutes: durationMinutes, skills, parts, priority, window };
};

/** the orders that a day may have: open ones whose window is not on other days, and those planned for it */
const ordersFor = async (day: string, territory: Territory, { store }: Ctx): Promise<WorkOrder[]> => {
  const hours = await store.need(calendars, { id: territory.calendarId });
  const spans = spansOn(hours, Date.parse(day));
  const [from, to] = [toIso(spans[0]?.[0] ?? 0), toIso(spans.at(-1)?.[1] ?? 0)];
  const inState = (state: WorkOrder['state']) =>
    allPages(
      cursor =>
        store.list(workOrders, 'territory', stateIn(territory.id, state), { limit: 100, cursor, upwards: true }),
      mostOrders,
    );
  const [open, planned] = await Promise.all([inState('open'), inState('planned')]);
  const suits = ({ window }: WorkOrder) => !window || (window.from < to && window.to >= from);
  const isThen = ({ visit }: WorkOrder) => visit !== null && visit.startsAt < to && visit.endsAt > from;
  return [...planned.filter(isThen), ...open.filter(suits)].slice(0, mostOrders);
};

const visitOf = (staffId: string, { arrivesAt, startsAt, endsAt, travelMinutes }: Route['stops'][number]) => {
  const times = { arrivesAt: toIso(arrivesAt), startsAt: toIso(startsAt), endsAt: toIso(endsAt) };
  return { staffId, ...times, travelMinutes: Math.round(travelMinutes * 10) / 10 };
};

/** the orders of one transaction: each takes a record, its places on lists and an event */
const mostTogether = 12;

/** Books visits, and gives up those that others take the place of. */
const booked = async (plan: { order: WorkOrder; visit: WorkOrder['visit'] }[], { store, now }: Ctx): Promise<void> => {
  const moved = plan.filter(({ order, visit }) => JSON.stringify(order.visit) !== JSON.stringify(visit));
  const after = moved.map(({ order, visit }) => ({
    before: order,
    after: updated(now, order, { visit, state: visit ? 'planned' : 'open' }),
  }));
  const changes = after.flatMap(({ before, after }): Change[] => {
    return [update(workOrders, before, after), eventOf(after.visit ? workOrderPlanned : workOrderUnplanned, after)];
  });
  const freed = after.flatMap(one => timeOf(one.before) ?? []);
  const taken = after.flatMap(one => timeOf(one.after) ?? []);
  if (changes.length) await store.commit([...changes, ...(await agendaChanges(store, now, { freed, taken }))]);
};

const chunks = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, nth) => all.slice(nth * most, (nth + 1) * most));

const text = `minutes of travel, the way back included, and for each visit that is not made ${Object.entries(weights)
  .map(([priority, weight]) => `${weight} (${priority})`)
  .join(', ')}`;

/** Plans a day of a territory, and books it route by route; what others changed meanwhile is left as it is and said so. */
export const dispatch = async ({ day, territory: id, apply }: Question, ctx: Ctx) => {
  const territory = await ctx.store.get(territories, { id });
  if (!territory) throw invalid([{ path: 'territory', message: `the territory ${id} does not exist` }]);
  const orders = await ordersFor(day, territory, ctx);
  const team = await techniciansOn(day, territory, new Set(orders.map(one => one.id)), ctx);
  const jobs = orders.map(jobOf);
  const { speedKmh } = territory;
  const { routes, unassigned, cost } = planRoutes(team, jobs, { speedKmh });
  const byId = new Map(orders.map(order => [order.id as string, order]));
  const plans = routes.map(route => ({
    route,
    visits: route.stops.map(stop => ({ order: byId.get(stop.id)!, visit: visitOf(route.staffId, stop) })),
  }));
  const applied = new Map<string, boolean>();
  if (apply) {
    // first all places are given up that others take
    const leaving = plans
      .flatMap(({ visits }) => visits)
      .filter(({ order, visit }) => order.visit && JSON.stringify(order.visit) !== JSON.stringify(visit))
      .map(({ order }) => order);
    const given = [...leaving, ...unassigned.map(one => byId.get(one)!).filter(order => order.visit)];
    for (const some of chunks(given, mostTogether)) {
      const done = await attempt(() =>
        booked(
          some.map(order => ({ order, visit: null })),
          ctx,
        ),
      );
      if (done) for (const order of some) byId.set(order.id, await ctx.store.need(workOrders, { id: order.id }));
    }
    for (const { route, visits } of plans) {
      const now = visits.map(({ order, visit }) => ({ order: byId.get(order.id)!, visit }));
      let done = true;
      for (const some of chunks(now, mostTogether)) done = (await attempt(() => booked(some, ctx))) && done;
      applied.set(route.staffId, done);
    }
  }
  const travelMinutes = routes.reduce((sum, route) => sum + route.travelMinutes, 0);
  const jobById = new Map(jobs.map(job => [job.id, job]));
  return {
    day,
    territory: id,
    objective: {
      text,
      value: rounded(cost),
      travelMinutes: rounded(travelMinutes),
      visits: orders.length - unassigned.length,
      unassigned: unassigned.length,
    },
    routes: plans.map(({ route, visits }) => ({
      staffId: route.staffId,
      travelMinutes: rounded(route.travelMinutes),
      stops: visits.map(({ order, visit: { staffId: _, ...visit } }) => ({ workOrderId: order.id, ...visit })),
      applied: applied.get(route.staffId) ?? false,
    })),
    unassigned: unassigned.map(one => ({ workOrderId: one, reason: whyNot(jobById.get(one)!, team, speedKmh) })),
  };
};

const rounded = (minutes: number) => Math.round(minutes * 10) / 10;

const attempt = async (commit: () => Promise<void>) => {
  try {
    await commit();
    return true;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return false;
  }
};

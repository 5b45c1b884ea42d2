import { runStates } from '../../../events/journey.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { customerPage, redactionFor, timelineBetween } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler, ReplyOf } from '../../shared/http/contract.ts';
import { fieldsOf } from '../../shared/store/records.ts';
import { toIso, toMs } from '../../shared/time/duration.ts';
import { common, summary } from '../summary.ts';
import { isSubscribable } from '../trigger.ts';
import type { Happened } from './advance.ts';
import { checkJourney } from './check-journey.ts';
import { stepIdsOf } from './compile.ts';
import { runsOf } from './enter-journey.ts';
import { type Journey, JourneyRule, journeys } from './journey.ts';
import type { journeyRoutes } from './journey-routes.ts';
import { simulate } from './simulate.ts';
import { type JourneyPlan, planOf } from './versions.ts';

const most = { events: 500, perPage: 20 };

/** the rest is left to the next request, while there is time to reply */
const leastTime = 5_000;

type Item = ReplyOf<typeof journeyRoutes.replayJourney>['items'][number];

type Span = { from: string; to: string };

const replayed = async (customerId: string, journey: Journey, plan: JourneyPlan, span: Span, ctx: Ctx) => {
  const { store } = ctx;
  const { events, more } = await timelineBetween(store, customerId, { ...span, limit: most.events });
  const seen = { events: events.length, cut: more ? [customerId] : [] };
  const heard = events.filter(({ type }) => isSubscribable(type)).reverse() as Happened[];
  const [facts, had] = await Promise.all([
    heard.length ? factsFor({ store, now: span.from }, customerId, [journey.entry.if, ...plan.conditions]) : undefined,
    runsOf(store, customerId, journey.id),
  ]);
  if (!facts) return { ...seen, items: [], visits: [] };
  const before = had.filter(({ startedAt }) => startedAt < span.from);
  const tried = simulate(journey, plan, { customerId, facts, events: heard, had: before, to: span.to });
  const items = tried.map(
    ({ at, key, run, reasons }): Item => ({
      ...{ customerId, key, at, reasons },
      outcome: run ? 'entered' : 'not entered',
      state: run?.state ?? null,
      steps: [...new Set(run?.path.map(({ step }) => step))],
    }),
  );
  const visits = tried.flatMap(({ run }) => Object.entries(run?.visits ?? {}));
  return { ...seen, items, visits };
};

const whyOf = ({ outcome, reasons }: Item) => (outcome === 'entered' ? null : reasons.map(common).join('; ') || null);

/** Reads only. A draft can be replayed before it is activated; attributes and consents are as they are now. */
export const replayJourney: Handler<typeof journeyRoutes.replayJourney> = async (
  { params: { id = '' }, query: { limit, cursor, examples }, body },
  ctx,
) => {
  const { store } = ctx;
  const journey = await store.need(journeys, { id });
  const resolved = await checkJourney(fieldsOf(JourneyRule, journey) as JourneyRule, id, ctx);
  const plan = planOf({ ...journey, journeyId: journey.id, ...resolved, at: ctx.now, by: ctx.actor });
  const veil = await redactionFor(ctx);
  const span = { from: toIso(toMs(body.from)), to: toIso(toMs(body.to)) };
  const found: Awaited<ReturnType<typeof replayed>>[] = [];
  let nextCursor: string | null = cursor ?? null;
  do {
    const paging = { limit: Math.min(most.perPage, limit - found.length), cursor: nextCursor ?? undefined };
    const page = await customerPage(store, paging);
    found.push(...(await Promise.all(page.items.map(one => replayed(one.id, journey, plan, span, ctx)))));
    nextCursor = page.nextCursor;
  } while (nextCursor && found.length < limit && ctx.timeLeft() > leastTime);
  const all = found.flatMap(one => one.items).map(item => ({ ...item, reasons: item.reasons.map(veil.reason) }));
  const visits = found.flatMap(one => one.visits);
  const states = Object.fromEntries(runStates.map(state => [state, all.filter(one => one.state === state).length]));
  return {
    ...summary(all, examples, whyOf),
    steps: stepIdsOf(plan).map(step => ({
      id: step,
      entered: visits.filter(([one]) => one === step).reduce((sum, [, count]) => sum + count, 0),
    })),
    states,
    nextCursor,
    evaluated: {
      customers: found.length,
      events: found.reduce((sum, one) => sum + one.events, 0),
      cut: found.flatMap(one => one.cut),
    },
  };
};

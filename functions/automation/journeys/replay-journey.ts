import { runStates } from '../../../events/journey.ts';
import { factsFor } from '../../customer-facts/reads.ts';
import { redactionFor, timelineBetween } from '../../customers/reads.ts';
import { isSubscribable } from '../../shared/events/subscribable.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler, ReplyOf } from '../../shared/http/contract.ts';
import { fieldsOf } from '../../shared/store/records.ts';
import { mostEvents, replayAll, type Span, seenOf, spanOf } from '../replay.ts';
import { common, summary } from '../summary.ts';
import type { Happened } from './advance.ts';
import { checkJourney } from './check-journey.ts';
import { stepIdsOf } from './compile.ts';
import { runsOf } from './enter-journey.ts';
import { type Journey, JourneyRule, journeys } from './journey.ts';
import type { journeyRoutes } from './journey-routes.ts';
import { zoneOfCompany } from './move-run.ts';
import { simulate } from './simulate.ts';
import { type JourneyPlan, planOf } from './versions.ts';

type Item = ReplyOf<typeof journeyRoutes.replayJourney>['items'][number];

const replayed = async (customerId: string, journey: Journey, plan: JourneyPlan, span: Span, ctx: Ctx) => {
  const { store } = ctx;
  const timeline = await timelineBetween(store, customerId, { ...span, limit: mostEvents });
  const seen = seenOf(customerId, timeline);
  const heard = timeline.events.filter(({ type }) => isSubscribable(type)).reverse() as Happened[];
  const [facts, had, zone] = await Promise.all([
    heard.length ? factsFor({ store, now: span.from }, customerId, [journey.entry.if, ...plan.conditions]) : undefined,
    runsOf(store, customerId, journey.id),
    plan.asksTime ? zoneOfCompany(ctx) : undefined,
  ]);
  if (!facts) return { ...seen, items: [], visits: [] };
  const before = had.filter(({ startedAt }) => startedAt < span.from);
  const tried = simulate(journey, plan, { customerId, facts, events: heard, had: before, to: span.to, zone });
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
  { params: { id = '' }, query: { examples, ...paging }, body },
  ctx,
) => {
  const { store } = ctx;
  const journey = await store.need(journeys, { id });
  const resolved = await checkJourney(fieldsOf(JourneyRule, journey) as JourneyRule, id, ctx);
  const plan = planOf({ ...journey, journeyId: journey.id, ...resolved, at: ctx.now, by: ctx.actor });
  const veil = await redactionFor(ctx);
  const span = spanOf(body);
  const { found, nextCursor, evaluated } = await replayAll(paging, one => replayed(one, journey, plan, span, ctx), ctx);
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
    evaluated,
  };
};

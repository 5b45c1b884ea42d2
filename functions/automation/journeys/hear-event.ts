import type { Delivered, EventType } from '../../../events/define.ts';
import { resolveMerged } from '../../customers/active-customer.ts';
import { isPublicActor } from '../../customers/attributes/standing.ts';
import { meantBy } from '../../shared/conditions/event-condition.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import { keyIn } from './advance.ts';
import { enterJourney, runsUnderWay } from './enter-journey.ts';
import { activeJourneys, type Journey, journeys } from './journey.ts';
import { moveRun } from './move-run.ts';
import type { Run } from './run.ts';
import { planFor } from './versions.ts';

type Event = Delivered<EventType>;

const concurrent = 10;

/** whether an event lets its customer enter */
export const lets = (
  { entry }: Pick<Journey, 'entry'>,
  event: Pick<Event, 'type' | 'about' | 'occurredAt' | 'data'>,
): boolean => {
  if (entry.segment) return event.type === 'segment.entered' && event.about === entry.segment;
  if (!entry.event) return false;
  return meantBy({ event: entry.event, ...(entry.where ? { where: entry.where } : {}) })(event);
};

const letIn = async (journey: Journey, event: Event, customerId: string, ctx: Ctx) => {
  if (journey.state !== 'active' || !lets(journey, event)) return;
  const { entry } = journey;
  const key = entry.key ? keyIn(event, entry.key) : null;
  const tracker = isPublicActor(event.actor) ? { tracker: event.actor } : {};
  const { id: cause, occurredAt: at } = event;
  await enterJourney(journey, customerId, { cause, at, key, event, by: event, ...tracker }, ctx);
};

const goOn = async (run: Run, event: Event, ctx: Ctx) =>
  moveRun(await planFor(ctx.store, run.journeyId, run.revision), run, { event }, ctx);

/** The journeys that an event concerns: runs of its customer go on, and the customer enters. */
export const hearEvent = async (event: Event, ctx: Ctx): Promise<void> => {
  const { store } = ctx;
  if (!event.customerId) return;
  const concerned = await activeJourneys.concerned(store, event);
  if (!concerned.length) return;
  const ids = concerned.map(({ id }) => id);
  const [found, customer] = await Promise.all([store.getByIds(journeys, ids), resolveMerged(store, event.customerId)]);
  if (!customer) return;
  const moving = found.filter(({ state }) => state === 'active' || state === 'draining');
  if (!moving.length) return;
  const underWay = Map.groupBy(await runsUnderWay(store, customer.id), ({ journeyId }) => journeyId);
  await mapConcurrent(moving, concurrent, journey =>
    mapConcurrent([...(underWay.get(journey.id) ?? []), undefined], 1, run =>
      run ? goOn(run, event, ctx) : letIn(journey, event, customer.id, ctx),
    ),
  );
};

import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { enterJourney } from './journeys/enter-journey.ts';
import { journeys } from './journeys/journey.ts';
import { moveRun } from './journeys/move-run.ts';
import { type Run, runs } from './journeys/run.ts';
import { planFor } from './journeys/versions.ts';

/** The wait of a run is over, or a trigger or another journey starts one. */
const wakeRun: Reaction<typeof subscriptions.wakeRun> = async (event, ctx) => {
  const { store } = ctx;
  const { customerId, occurredAt } = event;
  const { journeyId } = event.data;
  const [journey, customer] = await Promise.all([
    store.get(journeys, { id: journeyId }),
    resolveMerged(store, customerId ?? ''),
  ]);
  if (!journey || !customer) return;
  if (event.type === 'journey.requested') {
    if (journey.state !== 'active') return;
    const entering = { cause: event.id, at: occurredAt, key: null, shown: event.data.event, by: event };
    await enterJourney(journey, customer.id, entering, ctx);
    return;
  }
  const id = event.about as Run['id'];
  const run = await store.get(runs, {
    customerId: customer.id,
    journeyId: journey.id,
    id,
    key: null,
    state: 'running',
  });
  if (!run) return;
  const stands = journey.state === 'paused' || journey.state === 'cancelled';
  if (stands && !run.trial) return;
  await moveRun(await planFor(store, journeyId, run.revision), run, { at: occurredAt }, ctx);
};

export const reaction = consume('wakeRun', subscriptions.wakeRun, wakeRun, { once: false });

import type { EventType } from '../../events/define.ts';
import { newId } from '../../events/ids.ts';
import { triggerActivated, triggerChanged, triggerCreated, triggerPaused } from '../../events/trigger.ts';
import { redactionFor } from '../customers/reads.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import { interestChanges } from '../shared/events/interest.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, put, remove, update, updated } from '../shared/store/changes.ts';
import { readById, replaced } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { checkTrigger } from './check-trigger.ts';
import { routes } from './contract.ts';
import { triggerNotActive } from './errors.ts';
import { replayTrigger } from './replay-trigger.ts';
import { type IndexedTrigger, indexedTriggers, type Trigger, TriggerRule, triggers } from './trigger.ts';

type Channels = IndexedTrigger['channels'];

const keysOf = (trigger: Trigger | undefined) => new Set(trigger?.state === 'active' ? indexKeys(trigger.when) : []);

/** What keeps the index of active triggers, and what the relay publishes, in step with one trigger. Pure. */
const indexChanges = (before: Trigger | undefined, after: Trigger, channels: Channels): Change[] => {
  const [was, is] = [keysOf(before), keysOf(after)];
  const { id, version, name, when, then } = after;
  const indexed = { id, version, name, when, if: after.if, then, channels };
  return [
    ...[...is].map(key => put(indexedTriggers, { ...indexed, key })),
    ...[...was]
      .filter(key => !is.has(key))
      .map(key => remove(indexedTriggers, { ...indexed, key, version: before?.version ?? 0 })),
    ...interestChanges(was, is),
  ];
};

type Saved = { before?: Trigger; channels?: Channels; event: EventType<(typeof triggerCreated)['data']> };

const save = (store: Store, trigger: Trigger, { before, channels = {}, event }: Saved) =>
  store.commit(
    [
      before ? update(triggers, before, trigger) : insert(triggers, trigger),
      ...indexChanges(before, trigger, channels),
      eventOf(event, trigger),
    ],
    trigger,
  );

export const triggerHandlers = handlers(routes, {
  createTrigger: async ({ body }, ctx) => {
    const { now, store } = ctx;
    const [channels, veil] = await Promise.all([checkTrigger(body, store), redactionFor(ctx)]);
    veil.rejectHidden(body.if);
    return save(store, created(now, { ...body, id: newId('trigger', now) }), { channels, event: triggerCreated });
  },
  listTriggers: ({ query: { state, ...paging } }, { store }) =>
    state ? store.list(triggers, 'state', state, paging) : store.list(triggers, 'all', 'all', paging),
  readTrigger: readById(triggers),
  changeTrigger: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(triggers, { id });
    const trigger = replaced(now, TriggerRule, before, body);
    if (!trigger) return before;
    const [channels, veil] = await Promise.all([checkTrigger(trigger, store), redactionFor(ctx)]);
    veil.rejectHidden(body.if ?? undefined);
    return save(store, trigger, { before, channels, event: triggerChanged });
  },
  activateTrigger: async ({ params: { id = '' } }, { now, store }) => {
    const before = await store.need(triggers, { id });
    if (before.state === 'active') return before;
    const channels = await checkTrigger(before, store);
    return save(store, updated(now, before, { state: 'active' }), { before, channels, event: triggerActivated });
  },
  pauseTrigger: async ({ params: { id = '' } }, { now, store }) => {
    const before = await store.need(triggers, { id });
    if (before.state === 'paused') return before;
    if (before.state === 'draft') throw triggerNotActive();
    return save(store, updated(now, before, { state: 'paused' }), { before, event: triggerPaused });
  },
  replayTrigger,
});

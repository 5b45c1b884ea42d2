import type { EventType } from '../../events/define.ts';
import { newId } from '../../events/ids.ts';
import { triggerActivated, triggerChanged, triggerCreated, triggerPaused } from '../../events/trigger.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import type { Filing } from '../shared/events/filed.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, save, updated } from '../shared/store/changes.ts';
import { changeById, readById, replaced } from '../shared/store/records.ts';
import { checkTrigger, rejectRevealing } from './check-trigger.ts';
import { routes } from './contract.ts';
import { triggerNotActive } from './errors.ts';
import { replayTrigger } from './replay-trigger.ts';
import { type ActiveTrigger, activeTriggers, type Trigger, TriggerRule, triggers } from './trigger.ts';

type Channels = ActiveTrigger['channels'];

const filingOf = (trigger: Trigger | undefined, channels: Channels): Filing<ActiveTrigger> | undefined => {
  if (trigger?.state !== 'active') return undefined;
  const { id, version, name, when, if: condition, then } = trigger;
  return { id, keys: indexKeys(when), definition: { id, version, name, when, if: condition, then, channels } };
};

type Saved = { before?: Trigger; channels?: Channels; event: EventType<(typeof triggerCreated)['data']> };

const saved = (after: Trigger, { before, channels = {}, event }: Saved) => ({
  after,
  changes: [
    save(triggers, before, after),
    ...activeTriggers.changes(filingOf(before, channels), filingOf(after, channels)),
    eventOf(event, after),
  ],
});

const checkedRule = async (rule: TriggerRule, ctx: Ctx) => {
  await rejectRevealing(rule, ctx);
  return checkTrigger(rule, ctx);
};

export const triggerHandlers = handlers(routes, {
  createTrigger: async ({ body }, ctx) => {
    const { now, store } = ctx;
    const channels = await checkedRule(body, ctx);
    const trigger = created(now, { ...body, id: newId('trigger', now) });
    const { after, changes } = saved(trigger, { channels, event: triggerCreated });
    return store.commit(changes, after);
  },
  listTriggers: ({ query: { state, ...paging } }, { store }) =>
    state ? store.list(triggers, 'state', state, paging) : store.list(triggers, 'all', 'all', paging),
  readTrigger: readById(triggers),
  changeTrigger: changeById(triggers, async (before, patch, ctx) => {
    const after = replaced(ctx.now, TriggerRule, before, patch);
    if (!after) return { after: before, changes: [] };
    const channels = await checkedRule(after, ctx);
    return saved(after, { before, channels, event: triggerChanged });
  }),
  activateTrigger: changeById(triggers, async (before, _, ctx) => {
    if (before.state === 'active') return { after: before, changes: [] };
    const channels = await checkTrigger(before, ctx);
    return saved(updated(ctx.now, before, { state: 'active' }), { before, channels, event: triggerActivated });
  }),
  pauseTrigger: changeById(triggers, (before, _, { now }) => {
    if (before.state === 'paused') return { after: before, changes: [] };
    if (before.state === 'draft') throw triggerNotActive();
    return saved(updated(now, before, { state: 'paused' }), { before, event: triggerPaused });
  }),
  replayTrigger,
});

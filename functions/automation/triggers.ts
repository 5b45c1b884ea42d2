import type { EventType } from '../../events/define.ts';
import { newId } from '../../events/ids.ts';
import {
  triggerActivated,
  triggerChanged,
  triggerCreated,
  triggerPaused,
  triggerRemoved,
} from '../../events/trigger.ts';
import { namedBy, useChanges } from '../customer-facts/uses.ts';
import { indexKeys } from '../shared/events/event-index.ts';
import type { Filing } from '../shared/events/filed.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, remove, save, update, updated } from '../shared/store/changes.ts';
import { listParts } from '../shared/store/record-page.ts';
import { changeById, fieldsOf, readById, replaced } from '../shared/store/records.ts';
import { versionParts } from '../shared/store/version-parts.ts';
import { type Resolved, usesOf } from './actions.ts';
import { checkTrigger, rejectRevealingRule } from './check-trigger.ts';
import { triggerRoutes } from './contract.ts';
import { archived, triggerActive, triggerNotActive } from './errors.ts';
import { replayTrigger } from './replay-trigger.ts';
import { type ActiveTrigger, activeTriggers, type Trigger, TriggerRule, triggers, triggerVersions } from './trigger.ts';

const filingOf = (trigger: Trigger | undefined, resolved: Resolved): Filing<ActiveTrigger> | undefined => {
  if (trigger?.state !== 'active') return undefined;
  const { state: _, createdAt: __, updatedAt: ___, ...definition } = trigger;
  return { id: trigger.id, keys: indexKeys(trigger.when), definition: { ...definition, ...resolved } };
};

const versionOf = (trigger: Trigger, { now, actor }: Ctx): Change => {
  const rule = fieldsOf(TriggerRule, trigger) as TriggerRule;
  return insert(triggerVersions, { ...rule, triggerId: trigger.id, revision: trigger.revision, at: now, by: actor });
};

const none: Resolved = { channels: {}, shows: [] };

type Saved = { before?: Trigger; resolved?: Resolved; event: EventType<(typeof triggerCreated)['data']> };

const userOf = (trigger: Trigger | undefined) =>
  trigger?.state === 'active'
    ? { id: trigger.id, name: trigger.name, uses: [...namedBy([trigger.if]), ...trigger.then.flatMap(usesOf)] }
    : undefined;

const saved = (after: Trigger, { before, resolved = none, event }: Saved) => ({
  after,
  changes: [
    save(triggers, before, after),
    ...activeTriggers.changes(filingOf(before, resolved), filingOf(after, resolved)),
    ...useChanges(userOf(before), userOf(after)),
    eventOf(event, after),
  ],
});

const refuseArchived = ({ archivedAt }: Trigger) => {
  if (archivedAt) throw archived();
};

const checkedRule = async (rule: TriggerRule, ctx: Ctx) => {
  await rejectRevealingRule(rule, ctx);
  return checkTrigger(rule, ctx);
};

export const triggerHandlers = handlers(triggerRoutes, {
  createTrigger: async ({ body }, ctx) => {
    const { now, store } = ctx;
    const resolved = await checkedRule(body, ctx);
    const trigger = created(now, { ...body, id: newId('trigger', now), revision: 1 });
    const { after, changes } = saved(trigger, { resolved, event: triggerCreated });
    return store.commit([...changes, versionOf(after, ctx)], after);
  },
  listTriggers: ({ query: { state, ...paging } }, { store }) =>
    state ? store.list(triggers, 'state', state, paging) : store.list(triggers, 'all', 'all', paging),
  readTrigger: readById(triggers),
  changeTrigger: changeById(triggers, async (before, patch, ctx) => {
    refuseArchived(before);
    const next = replaced(ctx.now, TriggerRule, before, patch);
    if (!next) return { after: before, changes: [] };
    const resolved = await checkedRule(fieldsOf(TriggerRule, next) as TriggerRule, ctx);
    const { after, changes } = saved(
      { ...next, revision: before.revision + 1 },
      { before, resolved, event: triggerChanged },
    );
    return { after, changes: [...changes, versionOf(after, ctx)] };
  }),
  activateTrigger: changeById(triggers, async (before, _, ctx) => {
    if (before.state === 'active') return { after: before, changes: [] };
    refuseArchived(before);
    const resolved = await checkTrigger(before, ctx);
    return saved(updated(ctx.now, before, { state: 'active' }), { before, resolved, event: triggerActivated });
  }),
  pauseTrigger: changeById(triggers, (before, _, { now }) => {
    if (before.state === 'paused') return { after: before, changes: [] };
    if (before.state === 'draft') throw triggerNotActive();
    return saved(updated(now, before, { state: 'paused' }), { before, event: triggerPaused });
  }),
  removeTrigger: changeById(triggers, (before, _, { now }) => {
    if (before.archivedAt) return { after: before, changes: [] };
    if (before.state === 'active') throw triggerActive();
    const after = updated(now, before, { archivedAt: now });
    const removed = before.state === 'draft' ? remove(triggers, before) : update(triggers, before, after);
    return { after, changes: [removed, eventOf(triggerRemoved, after)] };
  }),
  listTriggerVersions: listParts(triggers, triggerVersions, versionParts),
  replayTrigger,
});

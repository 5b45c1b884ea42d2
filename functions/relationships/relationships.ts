import { relationshipChanged, relationshipEnded, relationshipRemoved } from '../../events/relationship.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import { customers, displayName, isActive } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { handlers } from '../shared/http/contract.ts';
import { remove } from '../shared/store/changes.ts';
import { merged } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { type End, ends, isShown, mustBeInOrder, overlap, RelationshipFields, typeKey } from './end.ts';
import { relatedCustomerNotFound } from './errors.ts';
import { mustBeNoCycle } from './hierarchy.ts';
import { demoteOthers, eventsOf, needPair, updatePair } from './pair.ts';
import { closing, locksOf, relate } from './relate.ts';
import { relationshipRoutes } from './relationship-routes.ts';
import { needType } from './relationship-type.ts';
import { mustNotConflict } from './same-type.ts';

const needRelated = async (store: Store, id: string) => {
  const related = await resolveMerged(store, id);
  if (!related) throw relatedCustomerNotFound();
  return related;
};

export const relationshipHandlers = handlers(relationshipRoutes, {
  addRelationship: async ({ params: { id = '' }, body: { type: name, to: toId, ...fields } }, ctx) => {
    const { store } = ctx;
    mustBeInOrder(fields);
    const [customer, related, type] = await Promise.all([
      activeCustomer(store, id),
      needRelated(store, toId),
      needType(store, name),
    ]);
    const { changes, from } = await relate({ customer, related, type, fields }, ctx);
    return store.commit(changes, from);
  },
  relationshipsOfCustomer: async ({ params: { id = '' }, query: { type, on, ...paging } }, ctx) => {
    const { store } = ctx;
    const { id: customerId } = await activeCustomer(store, id);
    const keep = (end: End) => isShown(end) && (on === undefined || overlap(end, { from: on, until: on }));
    const { items, nextCursor } = type
      ? await store.list(ends, 'type', typeKey(customerId, type), { ...paging, keep })
      : await store.belonging(ends, customerId, { ...paging, keep });
    const ids = items.map(end => end.with);
    const [found, hidden] = await Promise.all([store.getByIds(customers, ids), hiddenFrom(ctx)]);
    const related = new Map(found.filter(isActive).map(one => [one.id as string, redact(one, hidden)]));
    const named = items.map(end => {
      const other = related.get(end.with);
      return { ...end, withKind: other?.kind ?? null, withName: (other && displayName(other)) || null };
    });
    return { items: named, nextCursor };
  },
  readRelationship: async ({ params: { id = '' } }, { store }) => (await needPair(store, id)).from,
  changeRelationship: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await needPair(store, id);
    const changed = merged(ctx.now, RelationshipFields, before.from, body);
    if (!changed) return before.from;
    mustBeInOrder(changed);
    const { role, from, until, primary = false } = changed;
    const { after, changes } = updatePair(ctx.now, before, { role, from, until, primary });
    const locks = await locksOf(store, after.from);
    const reads = { now, store, locks };
    await Promise.all([mustNotConflict(reads, after.from), mustBeNoCycle(reads, after.from)]);
    const others = after.from.primary && !before.from.primary ? await demoteOthers(reads, after.from) : [];
    const all = [...changes, ...others, ...closing(locks, after.from), ...eventsOf(relationshipChanged, after)];
    return store.commit(all, after.from);
  },
  endRelationship: async ({ params: { id = '' }, body: { until } }, ctx) => {
    const before = await needPair(ctx.store, id);
    if (before.from.until === until) return before.from;
    const { after, changes } = updatePair(ctx.now, before, { until });
    mustBeInOrder(after.from);
    // a later last day may overlap the next relationship
    const locks = await locksOf(ctx.store, after.from);
    const reads = { store: ctx.store, locks };
    await Promise.all([mustNotConflict(reads, after.from), mustBeNoCycle(reads, after.from)]);
    const all = [...changes, ...closing(locks, after.from), ...eventsOf(relationshipEnded, after)];
    return ctx.store.commit(all, after.from);
  },
  removeRelationship: async ({ params: { id = '' } }, { store }) => {
    const { from, to } = await needPair(store, id);
    const changes = [remove(ends, from), remove(ends, to), ...eventsOf(relationshipRemoved, { from, to })];
    return store.commit(changes, from);
  },
});

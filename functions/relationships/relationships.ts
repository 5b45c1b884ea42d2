import { newId } from '../../events/ids.ts';
import {
  relationshipAdded,
  relationshipChanged,
  relationshipEnded,
  relationshipRemoved,
} from '../../events/relationship.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import { type Customer, customers, displayName, isActive } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, insert, remove } from '../shared/store/changes.ts';
import { decidedUnder, type Lock, lockOn, written } from '../shared/store/lock.ts';
import { merged } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { type End, ends, isShown, mustBeInOrder, overlap, RelationshipFields, typeKey } from './end.ts';
import { relatedCustomerNotFound } from './errors.ts';
import { mustBeNoCycle, parentType } from './hierarchy.ts';
import { demoteOthers, eventsOf, needPair, updatePair } from './pair.ts';
import { relationshipRoutes } from './relationship-routes.ts';
import { isMutual, needType, type TypeDefinition } from './relationship-type.ts';
import { mustNotConflict } from './same-type.ts';

const needRelated = async (store: Store, id: string) => {
  const related = await resolveMerged(store, id);
  if (!related) throw relatedCustomerNotFound();
  return related;
};

const withArticle = (kind: Customer['kind']) => (kind === 'organisation' ? 'an organisation' : 'a person');

const mustFit = (type: TypeDefinition, from: Customer, to: Customer) => {
  if (from.id === to.id) throw invalid([{ path: 'to', message: 'is the customer itself' }]);
  const errors = [
    ...(type.from && type.from !== from.kind
      ? [{ path: 'type', message: `is for ${withArticle(type.from)}; this customer is ${withArticle(from.kind)}` }]
      : []),
    ...(type.to && type.to !== to.kind
      ? [{ path: 'to', message: `is ${withArticle(to.kind)}; ${type.name} requires ${withArticle(type.to)}` }]
      : []),
  ];
  if (errors.length) throw invalid(errors);
};

/** what decides of a relationship: others of its customers, and for a parent all others of the company */
const locksOf = (store: Store, { customerId, with: other, type }: Pick<End, 'customerId' | 'with' | 'type'>) => {
  const things = [customerId, other].map(id => `relationships ${id}`);
  return Promise.all((type === parentType ? [...things, 'hierarchy'] : things).map(thing => lockOn(store, thing)));
};

const closing = (locks: Lock[], { id }: End) => {
  const both = (['from', 'to'] as const).map(side => written(ends, { id, side }));
  return locks.map(lock => decidedUnder(lock, both));
};

export const relationshipHandlers = handlers(relationshipRoutes, {
  addRelationship: async ({ params: { id = '' }, body: { type: name, to: toId, ...fields } }, ctx) => {
    const { now, store } = ctx;
    mustBeInOrder(fields);
    const [customer, related, type] = await Promise.all([
      activeCustomer(store, id),
      needRelated(store, toId),
      needType(store, name),
    ]);
    mustFit(type, customer, related);
    const from: End = created(now, {
      ...fields,
      id: newId('relationship', now),
      side: 'from' as const,
      customerId: customer.id,
      with: related.id,
      type: type.name,
      label: type.label,
      primary: fields.primary ?? false,
      mutual: isMutual(type),
      exclusive: type.exclusive ?? false,
    });
    const to: End = { ...from, side: 'to', customerId: related.id, with: customer.id, label: type.inverseLabel };
    const locks = await locksOf(store, from);
    const reads = { now, store, locks };
    await Promise.all([mustNotConflict(reads, from), mustBeNoCycle(reads, from)]);
    const others = from.primary ? await demoteOthers(reads, from) : [];
    const changes = [insert(ends, from), insert(ends, to), ...others, ...closing(locks, from)];
    return store.commit([...changes, ...eventsOf(relationshipAdded, { from, to })], from);
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

import type * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { relationshipAdded } from '../../events/relationship.ts';
import type { Customer } from '../customers/customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, created, insert } from '../shared/store/changes.ts';
import { decidedUnder, type Lock, lockOn, written } from '../shared/store/lock.ts';
import type { Store } from '../shared/store/store.ts';
import { type End, ends, type RelationshipFields } from './end.ts';
import { mustBeNoCycle, parentType } from './hierarchy.ts';
import { demoteOthers, eventsOf } from './pair.ts';
import { isMutual, type TypeDefinition } from './relationship-type.ts';
import { mustNotConflict } from './same-type.ts';

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
export const locksOf = (store: Store, { customerId, with: other, type }: Pick<End, 'customerId' | 'with' | 'type'>) => {
  const things = [customerId, other].map(id => `relationships ${id}`);
  return Promise.all((type === parentType ? [...things, 'hierarchy'] : things).map(thing => lockOn(store, thing)));
};

export const closing = (locks: Lock[], { id }: End) => {
  const both = (['from', 'to'] as const).map(side => written(ends, { id, side }));
  return locks.map(lock => decidedUnder(lock, both));
};

type Relating = {
  customer: Customer;
  related: Customer;
  type: TypeDefinition;
  fields: z.output<typeof RelationshipFields> & Pick<End, 'claimed'>;
};

/** Decides a relationship of a customer to another; refuses one that the type or others of the two do not allow. */
export const relate = async (
  { customer, related, type, fields }: Relating,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
): Promise<{ from: End; changes: Change[] }> => {
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
  return { from, changes: [...changes, ...eventsOf(relationshipAdded, { from, to })] };
};

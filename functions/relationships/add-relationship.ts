import { newId } from '../../events/ids.ts';
import { relationshipAdded } from '../../events/relationship.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import type { Customer } from '../customers/customer.ts';
import { ApiError, invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, insert } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { mustBeNoCycle } from './accounts/must-be-no-cycle.ts';
import { fieldsOf, toldBoth, unprimed } from './both-ends.ts';
import { mustBeInOrder } from './days.ts';
import { type End, ends } from './end.ts';
import { mustStandAlone } from './kin.ts';
import type { relationshipRoutes } from './relationship-routes.ts';
import { isMutual, type Kindred, needType } from './relationship-type.ts';

const needOther = async (store: Store, id: string) => {
  const other = await resolveMerged(store, id);
  if (!other) throw new ApiError('missing', 'customer.not-found', 'there is no such customer as `to`');
  return other;
};

const aOne = (kind: Customer['kind']) => (kind === 'organisation' ? 'an organisation' : 'a person');

const mustFit = (type: Kindred, from: Customer, to: Customer) => {
  if (from.id === to.id) throw invalid([{ path: 'to', message: 'is this customer itself' }]);
  const errors = [
    ...(type.from && type.from !== from.kind
      ? [{ path: 'type', message: `is for ${aOne(type.from)}, and this customer is ${aOne(from.kind)}` }]
      : []),
    ...(type.to && type.to !== to.kind
      ? [{ path: 'to', message: `is ${aOne(to.kind)}, and ${type.name} asks for ${aOne(type.to)}` }]
      : []),
  ];
  if (errors.length) throw invalid(errors);
};

export const addRelationship: Handler<typeof relationshipRoutes.addRelationship> = async (
  { params: { id = '' }, body: { type: name, to: asked, ...fields } },
  ctx,
) => {
  const { now, store } = ctx;
  mustBeInOrder(fields);
  const [customer, other, type] = await Promise.all([
    activeCustomer(store, id),
    needOther(store, asked),
    needType(store, name),
  ]);
  mustFit(type, customer, other);
  const shared = {
    id: newId('relationship', now),
    type: type.name,
    ...fieldsOf(fields),
    mutual: isMutual(type),
    exclusive: type.exclusive ?? false,
  };
  const from: End = created(now, {
    ...shared,
    side: 'from' as const,
    customerId: customer.id,
    with: other.id,
    label: type.label,
  });
  const to: End = { ...from, side: 'to', customerId: other.id, with: customer.id, label: type.inverseLabel };
  await Promise.all([mustStandAlone(ctx, from), mustBeNoCycle(ctx, from)]);
  const others = from.primary ? await unprimed(ctx, from) : [];
  const changes = [insert(ends, from), insert(ends, to), ...others, ...toldBoth(relationshipAdded, { from, to })];
  return store.commit(changes, from);
};

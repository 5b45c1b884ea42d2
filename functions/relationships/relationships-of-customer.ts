import { customers, displayName, stands } from '../customers/customer.ts';
import { living } from '../customers/living.ts';
import { hiddenFrom, shown } from '../customers/shown.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { isOn } from './days.ts';
import { counts, type End, ends, kinOf } from './end.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

/** A customer's relationships from whichever end, past and future ones too, with who is at the other end today. */
export const relationshipsOfCustomer: UseCase<typeof relationshipRoutes.relationshipsOfCustomer> = async (
  { params: { id = '' }, query: { type, on, ...paging } },
  ctx,
) => {
  const { store } = ctx;
  const { id: customerId } = await living(store, id);
  const keep = (end: End) => counts(end) && (on === undefined || isOn(end, on));
  const { items, nextCursor } = type
    ? await store.list(ends, 'kin', kinOf(customerId, type), { ...paging, keep })
    : await store.belonging(ends, customerId, { ...paging, keep });
  const keys = items.map(end => ({ id: end.with }));
  const [others, hidden] = await Promise.all([store.getAll(customers, keys), hiddenFrom(ctx)]);
  const named = new Map(others.filter(stands).map(other => [other.id as string, shown(other, hidden)]));
  const seen = items.map(end => {
    const other = named.get(end.with);
    return { ...end, withKind: other?.kind ?? null, withName: (other && displayName(other)) || null };
  });
  return { items: seen, nextCursor };
};

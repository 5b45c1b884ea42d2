import { activeCustomer } from '../customers/active-customer.ts';
import { customers, displayName, isActive } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import { isOn } from './days.ts';
import { counts, type End, ends, kinOf } from './end.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

/** A customer's relationships from whichever end, past and future ones too, with who is at the other end today. */
export const relationshipsOfCustomer: Handler<typeof relationshipRoutes.relationshipsOfCustomer> = async (
  { params: { id = '' }, query: { type, on, ...paging } },
  ctx,
) => {
  const { store } = ctx;
  const { id: customerId } = await activeCustomer(store, id);
  const keep = (end: End) => counts(end) && (on === undefined || isOn(end, on));
  const { items, nextCursor } = type
    ? await store.list(ends, 'kin', kinOf(customerId, type), { ...paging, keep })
    : await store.belonging(ends, customerId, { ...paging, keep });
  const keys = items.map(end => ({ id: end.with }));
  const [others, hidden] = await Promise.all([store.getAll(customers, keys), hiddenFrom(ctx)]);
  const named = new Map(others.filter(isActive).map(other => [other.id as string, redact(other, hidden)]));
  const seen = items.map(end => {
    const other = named.get(end.with);
    return { ...end, withKind: other?.kind ?? null, withName: (other && displayName(other)) || null };
  });
  return { items: seen, nextCursor };
};

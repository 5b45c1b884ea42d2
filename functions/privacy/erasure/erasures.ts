import { legalHoldLifted, legalHoldPlaced } from '../../../events/erasure.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { mergedWith } from '../../merging/merge.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { created, emit, remove, save, updated } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import { holdPast } from '../errors.ts';
import { eraseCustomer } from './erase-customer.ts';
import { erasures } from './erasure.ts';
import { erasureRoutes } from './erasure-routes.ts';
import { holdsOf, type LegalHold, legalHolds, longest } from './legal-hold.ts';
import { publicKey, receiptOf } from './receipt.ts';

const allHolds = async (store: Store, id: string) => {
  const { id: customerId } = await activeCustomer(store, id);
  return { customerId, found: await holdsOf(store, [customerId, ...(await mergedWith(store, customerId))]) };
};

export const erasureHandlers = handlers(erasureRoutes, {
  eraseCustomer: ({ params: { id = '' }, body: { reason } }, ctx) => eraseCustomer(id, reason, ctx),
  listErasures: async ({ query }, { store, tenant, now }) => {
    const { items, nextCursor } = await store.list(erasures, 'all', 'all', query);
    return { items: await Promise.all(items.map(erasure => receiptOf(erasure, tenant, now))), nextCursor };
  },
  readErasure: async ({ params: { id = '' } }, { store, tenant, now }) =>
    receiptOf(await store.need(erasures, { id }), tenant, now),
  listErasureKeys: async (_, { now }) =>
    new Reply(200, { keys: [await publicKey(now)] }, { 'cache-control': 'public, max-age=3600' }),
  placeLegalHold: async ({ params: { id = '' }, body: { reason, until = null } }, { now, actor, store }) => {
    const [customer, before] = await Promise.all([activeCustomer(store, id), store.get(legalHolds, { id })]);
    if (until !== null && until <= now) throw holdPast();
    const fields = { reason, until, by: actor };
    const hold: LegalHold = before ? updated(now, before, fields) : created(now, { id: customer.id, ...fields });
    const event = emit(legalHoldPlaced, { customerId: customer.id, about: customer.id, data: { reason, until } });
    return store.commit([save(legalHolds, before, hold), event], hold);
  },
  readLegalHold: async ({ params: { id = '' } }, { store }) => {
    const { found } = await allHolds(store, id);
    return longest(found) ?? store.need(legalHolds, { id });
  },
  liftLegalHold: async ({ params: { id = '' } }, { store }) => {
    const { customerId, found } = await allHolds(store, id);
    if (!found.length) await store.need(legalHolds, { id });
    const event = emit(legalHoldLifted, { customerId, about: customerId, data: {} });
    const lifted = found.map(hold => remove(legalHolds, hold));
    return store.commit([...lifted, event], { id: customerId, lifted: found.length });
  },
});

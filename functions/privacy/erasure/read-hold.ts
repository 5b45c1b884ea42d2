import { activeCustomer } from '../../customers/active-customer.ts';
import type { Handler } from '../../shared/http/contract.ts';
import type { erasureRoutes } from './erasure-routes.ts';
import { holds, strictest } from './hold.ts';
import { mergedWith } from './merged-with.ts';

export const readHold: Handler<typeof erasureRoutes.readHold> = async ({ params: { id = '' } }, { store }) => {
  const customer = await activeCustomer(store, id);
  const ids = [customer.id, ...(await mergedWith(store, customer.id))];
  const found = strictest(
    await store.getAll(
      holds,
      ids.map(one => ({ id: one })),
    ),
  );
  return found ?? store.need(holds, { id });
};

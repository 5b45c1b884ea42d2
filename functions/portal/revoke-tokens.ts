import { accessRevoked } from '../../events/portal.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { accesses } from '../shared/http/access.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, put } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const revokeTokens: Handler<typeof routes.revokeTokens> = async ({ params: { id = '' } }, { now, store }) => {
  const customer = await activeCustomer(store, id);
  const access = { customerId: customer.id, notBefore: now };
  return store.commit(
    [put(accesses, access), emit(accessRevoked, { customerId: customer.id, about: id, data: {} })],
    access,
  );
};

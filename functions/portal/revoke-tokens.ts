import { accessRevoked } from '../../events/portal.ts';
import { living } from '../customers/living.ts';
import { accesses } from '../shared/http/access.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { put, say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';

export const revokeTokens: UseCase<typeof routes.revokeTokens> = async ({ params: { id = '' } }, { now, store }) => {
  const customer = await living(store, id);
  const access = { customerId: customer.id, notBefore: now };
  return store.commit(
    [put(accesses, access), say(accessRevoked, { customerId: customer.id, about: id, data: {} })],
    access,
  );
};

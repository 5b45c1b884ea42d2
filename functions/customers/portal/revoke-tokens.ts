import { accessRevoked } from '../../../events/portal.ts';
import { accesses } from '../../shared/access.ts';
import { put, say } from '../../shared/changes.ts';
import type { UseCase } from '../../shared/contract.ts';
import { living } from '../living.ts';
import type { routes } from './contract.ts';

export const revokeTokens: UseCase<typeof routes.revokeTokens> = async ({ params: { id = '' } }, { now, store }) => {
  const customer = await living(store, id);
  const access = { customerId: customer.id, notBefore: now };
  return store.commit(
    [put(accesses, access), say(accessRevoked, { customerId: customer.id, about: id, data: {} })],
    access,
  );
};

import { consents } from '../../consent/consent.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { members } from '../../lists/list.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { revive } from '../../shared/store/entity.ts';
import { doubts } from '../hygiene/doubt.ts';
import type { Facts } from './check.ts';

/** consents, doubts and memberships lie side by side: one short range */
const within = { from: 'consent#', to: 'list$' };
const mostParts = 300;

/** all that a record is judged by, in one call beside the record itself */
export const factsOf = async (
  customer: StoredCustomer,
  { settings, purposes }: Pick<Facts, 'settings' | 'purposes'>,
  { store, now }: Pick<Ctx, 'store' | 'now'>,
): Promise<Facts> => {
  const { items } = await store.partition(['customer', customer.id], { limit: mostParts, within });
  return {
    customer,
    consents: items.filter(({ kind }) => kind === consents.kind).map(item => revive(consents, item)),
    undeliverable: items
      .filter(({ kind }) => kind === doubts.kind)
      .map(item => revive(doubts, item))
      .filter(({ state, cause }) => state === 'open' && cause === 'undeliverable')
      .map(({ attribute }) => attribute),
    lists: items.filter(({ kind }) => kind === members.kind).length,
    settings,
    purposes,
    now,
  };
};

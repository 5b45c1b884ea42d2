import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import { consentHistory, entriesOn } from './consent-history.ts';
import type { consentRoutes } from './consent-routes.ts';
import { channelAndTopic } from './set-consent.ts';

export const readConsentHistory: Handler<typeof consentRoutes.readConsentHistory> = async (
  { params, query },
  { store },
) => {
  const place = channelAndTopic(params);
  const { id } = await activeCustomer(store, params.id ?? '');
  const { items, nextCursor } = await store.range(['consent-history', id], { ...query, within: entriesOn(place) });
  return { items: items.map(item => revive(consentHistory, item)), nextCursor };
};

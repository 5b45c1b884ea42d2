import type { Handler } from '../../shared/http/contract.ts';
import { customers, displayName } from '../customer.ts';
import { profileOf } from '../profile.ts';
import { settingsOf } from '../settings.ts';
import { hiddenBy, redacted } from '../shown.ts';
import type { attributeRoutes } from './attribute-routes.ts';
import { knownOf } from './known.ts';

export const listConflicts: Handler<typeof attributeRoutes.listConflicts> = async ({ query }, ctx) => {
  const { now, store } = ctx;
  const [{ items, nextCursor }, settings] = await Promise.all([
    store.list(customers, 'conflicts', 'open', query),
    settingsOf(store),
  ]);
  const hidden = hiddenBy(settings, ctx);
  return {
    items: items.map(customer => {
      const contested = customer.provenance?.kept?.map(({ attribute }) => attribute) ?? [];
      return {
        customerId: customer.id,
        name: displayName(profileOf(redacted(customer, hidden))),
        conflicts: knownOf(customer, { settings, now, hidden }, contested),
      };
    }),
    nextCursor,
  };
};

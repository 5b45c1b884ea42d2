import { cleanProfile, fixCounts } from '../cleaning/clean-profile.ts';
import { withoutComputedValues } from '../customers/attributes/defined-values.ts';
import { customers } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { hiddenBy } from '../customers/redact.ts';
import { settingsOf } from '../customers/settings.ts';
import { verifiedOf } from '../lists/bulk/cleaned-up.ts';
import { veiled } from '../lists/bulk/lines.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

/** customers that a preview looks at, at most */
const mostLooked = 500;
const perPage = 100;

/** What some fixes would change of the latest customers; nothing is changed. */
export const previewCleaning: Handler<typeof routes.previewCleaning> = async ({ body: { fixes, sample } }, ctx) => {
  const { now, store } = ctx;
  const settings = await settingsOf(store);
  const hidden = hiddenBy(settings, ctx);
  const items: { customerId: string; changes: ReturnType<typeof cleanProfile>['changes'] }[] = [];
  let looked = 0;
  let cursor: string | undefined;
  do {
    const page = await store.list(customers, 'all', 'all', { limit: perPage, cursor });
    for (const customer of page.items) {
      const profile = withoutComputedValues(profileOf(customer), settings);
      const { changes } = cleanProfile(profile, fixes, { now, settings, verified: verifiedOf(customer) });
      if (changes.length) items.push({ customerId: customer.id, changes: veiled(changes, hidden) });
    }
    looked += page.items.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor && looked < mostLooked && items.length < sample);
  return {
    looked,
    dirty: items.length,
    fixes: fixCounts(items.flatMap(({ changes }) => changes)),
    items: items.slice(0, sample),
  };
};

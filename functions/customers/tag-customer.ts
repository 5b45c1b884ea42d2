import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { resolveMerged } from './active-customer.ts';
import { subscriptions } from './contract.ts';
import { changedCustomer } from './profile.ts';
import { settingsOf } from './settings.ts';

export const tagCustomer: Reaction<typeof subscriptions.tagCustomer> = async (
  { customerId, about, data: { tag } },
  { now, store },
) => {
  if (!customerId) return;
  const [before, settings] = await Promise.all([resolveMerged(store, customerId), settingsOf(store)]);
  if (!before) return;
  const tags = Array.isArray(before.attributes?.tags) ? before.attributes.tags : [];
  if (tags.includes(tag)) return;
  const writing = { settings, source: about, decides: true, checks: 'none' as const };
  await store.commit(changedCustomer(now, before, { attributes: { tags: [...tags, tag] } }, writing).changes);
};

export const reaction = consume('tagCustomer', subscriptions.tagCustomer, tagCustomer);

import { listen } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { hears } from './contract.ts';
import { survivor } from './living.ts';
import { changed } from './profile.ts';
import { settingsOf } from './settings.ts';

export const tagCustomer: Reaction<typeof hears.tagCustomer> = async (
  { customerId, about, data: { tag } },
  { now, store },
) => {
  if (!customerId) return;
  const [before, settings] = await Promise.all([survivor(store, customerId), settingsOf(store)]);
  if (!before) return;
  const tags = Array.isArray(before.attributes?.tags) ? before.attributes.tags : [];
  if (tags.includes(tag)) return;
  const writing = { settings, source: about, decides: true, checks: 'none' as const };
  await store.commit(changed(now, before, { attributes: { tags: [...tags, tag] } }, writing).changes);
};

export const handler = listen('tagCustomer', hears.tagCustomer, tagCustomer);

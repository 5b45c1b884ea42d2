import type { Reaction } from '../shared/contract.ts';
import { listen } from '../shared/listen.ts';
import { hears } from './contract.ts';
import { survivor } from './living.ts';
import { changed } from './profile.ts';

export const tagCustomer: Reaction<typeof hears.tagCustomer> = async (
  { customerId, about, data: { tag } },
  { now, store },
) => {
  const before = customerId ? await survivor(store, customerId) : undefined;
  if (!before) return;
  const tags = Array.isArray(before.attributes?.tags) ? before.attributes.tags : [];
  if (tags.includes(tag)) return;
  await store.commit(changed(now, before, { attributes: { tags: [...tags, tag] } }, { source: about }).changes);
};

export const handler = listen('tagCustomer', hears.tagCustomer, tagCustomer);

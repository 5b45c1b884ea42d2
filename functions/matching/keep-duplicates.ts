import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { openDuplicates, updateDuplicates } from './find-duplicates.ts';
import { closePair, commitJudged } from './judge-pairs.ts';

const compared = new Set([
  'kind',
  'name',
  'givenName',
  'familyName',
  'email',
  'phone',
  'dateOfBirth',
  'address',
  'identifiers',
] satisfies (keyof StoredCustomer)[]);

const isIdentifying = ({ attribute }: { attribute: string }) =>
  (compared as Set<string>).has(attribute.split('.')[0] ?? '');

/** closes the open duplicates of a record that was merged; of an erased one nothing is left anyway */
const closeAll = async (id: string, { now, store }: Ctx) => {
  const open = await openDuplicates(store, id);
  await commitJudged(
    store,
    open.map(one => closePair(now, one)),
  );
};

export const keepDuplicates: Reaction<typeof subscriptions.keepDuplicates> = async ({ type, about, data }, ctx) => {
  if (type === 'customer.updated' && !data.changes.some(isIdentifying)) return;
  if (type === 'customer.merged') await closeAll(data.from, ctx);
  const customer = await ctx.store.get(customers, { id: about });
  if (!customer || !isActive(customer)) return closeAll(about, ctx);
  // an import compares its new customers itself, a thousand at a time
  if (customer.imported && customer.version === 1) return;
  await updateDuplicates([customer], ctx);
};

// it decides by the stored state: repeating it is harmless
export const reaction = consume('keepDuplicates', subscriptions.keepDuplicates, keepDuplicates, { once: false });

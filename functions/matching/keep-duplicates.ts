import { customers, isActive, type StoredCustomer } from '../customers/customer.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { commitJudged } from './commit-judged.ts';
import { subscriptions } from './contract.ts';
import { closePair } from './judge-pair.ts';
import { openDuplicates } from './open-duplicates.ts';
import { updateDuplicates } from './update-duplicates.ts';

/** what records are compared by: a change of anything else changes nothing */
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

/** what waited to be judged with a record that stands no more; of an erased one nothing is left anyway */
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
  // an import compares what it brings in by itself, a thousand at a time
  if (customer.imported && customer.version === 1) return;
  await updateDuplicates([customer], ctx);
};

// what it does is told by the state that it keeps: again is harmless
export const handler = consume('keepDuplicates', subscriptions.keepDuplicates, keepDuplicates, { once: false });

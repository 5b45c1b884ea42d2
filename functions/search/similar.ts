import { customers, displayName, type StoredCustomer } from '../customers/customer.ts';
import { edits } from '../shared/similarity/edits.ts';
import type { Store } from '../shared/store/store.ts';
import { likeness } from './likeness.ts';
import type { Reading } from './reading.ts';
import { slipsOf } from './slips.ts';
import type { By } from './ways.ts';

export type Similar = { customer: StoredCustomer; by: By; similarity: number };

/** how many that are like it a search reads and shows, the likest first */
const mostShown = 50;

const mostSlips = 2;

/** an address that was mistyped, at most twice */
const emailLikeness = (typed: string, address: string) => {
  const slips = edits(typed, address);
  return slips > 0 && slips <= mostSlips ? 1 - slips / typed.length : undefined;
};

const likest = (values: (number | undefined)[]) => {
  const found = values.flatMap(value => value ?? []);
  return found.length ? Math.max(...found) : undefined;
};

const emailsOf = ({ email, also }: StoredCustomer) => [...(email ? [email] : []), ...(also?.email ?? [])];

const judged = ({ words, email }: Reading, customer: StoredCustomer): Similar[] => {
  const [by, similarity] = words.length
    ? (['name', likeness(words, displayName(customer))] as const)
    : (['email', likest(emailsOf(customer).map(address => emailLikeness(email ?? '', address)))] as const);
  return similarity === undefined ? [] : [{ customer, by, similarity }];
};

type Found = { id: string; entry: string; value: string };

/** how promising an entry is, before its customer is read; undefined: not at all. One without first letters tells too little. */
const promise = ({ words, email = '' }: Reading, { entry, value }: Found) => {
  if (entry === 'beheaded') return 1;
  return words.length ? likeness(words, value) : emailLikeness(email, value);
};

const promising = (reading: Reading, found: Found[]) => {
  const best = new Map<string, number>();
  for (const one of found) {
    const worth = promise(reading, one);
    if (worth !== undefined) best.set(one.id, Math.max(worth, best.get(one.id) ?? 0));
  }
  const ids = [...best].sort(([a, worthOfA], [b, worthOfB]) => worthOfB - worthOfA || (a < b ? -1 : 1));
  return ids.slice(0, mostShown * 2).map(([id]) => id);
};

/** Those whose name or address is nearly what was typed, the likest first. One look at what is filed near it. */
export const similarTo = async (reading: Reading, store: Store): Promise<Similar[]> => {
  const looked = await Promise.all(
    slipsOf(reading).map(async ({ entry, value, as, limit }) => {
      const { items } = await store.under(customers, entry, value, { as, limit });
      return items.map(({ id, value }) => ({ id, entry, value }));
    }),
  );
  const ids = promising(reading, looked.flat());
  const found = await store.getAll(
    customers,
    ids.map(id => ({ id })),
  );
  return found
    .flatMap(customer => judged(reading, customer))
    .sort((a, b) => b.similarity - a.similarity || (a.customer.id < b.customer.id ? -1 : 1))
    .slice(0, mostShown);
};

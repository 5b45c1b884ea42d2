import { customers, displayName, type StoredCustomer } from '../customers/customer.ts';
import { blockOf, keysOf, nameIn, near } from '../customers/lookups/blocking.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import { turns } from '../customers/normalise.ts';
import { namesAlike, namesTouch, wordsOf } from '../shared/similarity/levels.ts';
import { withoutForms } from '../shared/similarity/organisation.ts';
import type { Store } from '../shared/store/store.ts';

export type Filed = { value: string; id: string };

type Beside = { limit: number; upwards: boolean; within: string };

/** How records are looked up: what is filed from a value upwards, or downwards below it, and under whole values. */
export type Lookups = {
  beside(entry: 'block' | 'name', value: string, how: Beside): Promise<Filed[]>;
  under(entry: 'phone', value: string, most: number): Promise<string[]>;
};

const around = async (lookups: Lookups, entry: 'block' | 'name', value: string, within = '') => {
  const sides = [true, false].map(upwards => lookups.beside(entry, value, { limit: near.eitherSide, upwards, within }));
  return (await Promise.all(sides)).flat();
};

const inBlock = async (lookups: Lookups, key: string) => {
  const block = blockOf(key);
  const all = await lookups.beside('block', block, { limit: near.block, upwards: true, within: block });
  if (all.length <= near.small) return all;
  const found = all.length < near.block ? all : await around(lookups, 'block', key, block);
  const own = wordsOf(nameIn(key));
  return found.filter(({ value }) => namesTouch(own, wordsOf(nameIn(value))));
};

/** Ids of records with a common block or phone number, or next to it by name, without those with quite another name. */
export const candidateIds = async (customer: StoredCustomer, lookups: Lookups): Promise<string[]> => {
  const subject = subjectOf(customer);
  const own = withoutForms(wordsOf(turns(displayName(customer))[0] ?? ''));
  const rotations = turns(displayName(customer));
  const ends = [...new Set([rotations[0], rotations.at(-1)])].flatMap(turn => turn ?? []);
  const [blocks, phones, names] = await Promise.all([
    Promise.all(keysOf(subject).map(key => inBlock(lookups, key))),
    customer.phone ? lookups.under('phone', customer.phone, near.block) : [],
    Promise.all(ends.map(turn => around(lookups, 'name', turn))),
  ]);
  const beside = names.flat().filter(({ value }) => namesAlike(own, withoutForms(wordsOf(value))));
  const ids = [...blocks.flat().map(({ id }) => id), ...phones, ...beside.map(({ id }) => id)];
  return [...new Set(ids)].filter(id => id !== customer.id);
};

/** The lookups of the store; what several customers are looked up by, such as a shared address, is read once. */
export const storedLookups = (store: Store): Lookups => {
  const replies = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, read: () => Promise<T>) => {
    const reply = (replies.get(key) as Promise<T> | undefined) ?? read();
    replies.set(key, reply);
    return reply;
  };
  return {
    beside: (entry, value, how) =>
      once<Filed[]>(JSON.stringify([entry, value, how.upwards]), () => store.beside(customers, entry, value, how)),
    under: (entry, value, limit) =>
      once(JSON.stringify([entry, value]), async () => (await store.lookup(customers, entry, value, { limit })).items),
  };
};

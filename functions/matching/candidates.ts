import { displayName, type StoredCustomer } from '../customers/customer.ts';
import { blockOf, keysOf, nameIn, near } from '../customers/lookups/blocking.ts';
import { subjectOf } from '../customers/lookups/subject.ts';
import { turns } from '../customers/normalise.ts';
import { namesAlike, namesTouch, wordsOf } from '../shared/similarity/names-alike.ts';

export type Filed = { value: string; id: string };

type Beside = { limit: number; upwards: boolean; within: string };

/** How the records are looked up: what is filed from a value upwards, or downwards below it, and under whole values. */
export type Lookups = {
  beside(entry: 'block' | 'name', value: string, how: Beside): Promise<Filed[]>;
  under(entry: 'phone', value: string, most: number): Promise<string[]>;
};

const around = async (look: Lookups, entry: 'block' | 'name', value: string, within = '') => {
  const sides = [true, false].map(upwards => look.beside(entry, value, { limit: near.eitherSide, upwards, within }));
  return (await Promise.all(sides)).flat();
};

const inBlock = async (look: Lookups, key: string) => {
  const block = blockOf(key);
  const all = await look.beside('block', block, { limit: near.block, upwards: true, within: block });
  if (all.length <= near.small) return all;
  const found = all.length < near.block ? all : await around(look, 'block', key, block);
  const own = wordsOf(nameIn(key));
  return found.filter(({ value }) => namesTouch(own, wordsOf(nameIn(value))));
};

/**
 * Ids of the records that may be of the same customer: those that share a block, a phone number, or stand beside it when all
 * are sorted by name. Who has quite another name is left out, but where a number says more than a name.
 */
export const candidateIds = async (customer: StoredCustomer, look: Lookups): Promise<string[]> => {
  const subject = subjectOf(customer);
  const own = wordsOf(turns(displayName(customer))[0] ?? '');
  const rotations = turns(displayName(customer));
  const ends = [...new Set([rotations[0], rotations.at(-1)])].flatMap(turn => turn ?? []);
  const [blocks, phones, names] = await Promise.all([
    Promise.all(keysOf(subject).map(key => inBlock(look, key))),
    customer.phone ? look.under('phone', customer.phone, near.block) : [],
    Promise.all(ends.map(turn => around(look, 'name', turn))),
  ]);
  const beside = names.flat().filter(({ value }) => namesAlike(own, wordsOf(value)));
  const ids = [...blocks.flat().map(({ id }) => id), ...phones, ...beside.map(({ id }) => id)];
  return [...new Set(ids)].filter(id => id !== customer.id);
};

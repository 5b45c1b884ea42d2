import { displayName, type StoredCustomer } from '../customer.ts';
import { turns } from '../normalise.ts';
import { blockOf, keysOf, nameIn } from './blocking.ts';
import { nameLevel } from './levels.ts';
import { subjectOf } from './subject.ts';

export type Filed = { value: string; id: string };

/** How the records are looked up: what is filed from a value upwards, or downwards below it, and under whole values. */
export type Lookups = {
  beside(entry: 'block' | 'name', value: string, most: number, upwards: boolean): Promise<Filed[]>;
  under(entry: 'phone', value: string, most: number): Promise<string[]>;
};

/** of a larger block those with the nearest names are looked at, so many to either side */
const mostOfBlock = 50;
const eitherSide = 12;

/** a block so small is taken whole; of a larger one those whose name is quite another are left out */
const small = 10;

const wordsOf = (name: string) => name.split(' ').filter(Boolean);

const similar = (a: string, b: string) => nameLevel(a, b) < 3;

/** all words of the shorter name have a like in the other */
const namesAlike = (a: string[], b: string[]) => {
  const [few, many] = a.length < b.length ? [a, b] : [b, a];
  return few.every(word => many.some(other => similar(word, other)));
};

const around = async (look: Lookups, entry: 'block' | 'name', value: string) => {
  const sides = [true, false].map(upwards => look.beside(entry, value, eitherSide, upwards));
  return (await Promise.all(sides)).flat();
};

const inBlock = async (look: Lookups, key: string) => {
  const block = blockOf(key);
  const all = await look.beside('block', block, mostOfBlock, true);
  if (all.length <= small) return all;
  const found = all.length < mostOfBlock ? all : await around(look, 'block', key);
  const own = wordsOf(nameIn(key));
  return found.filter(({ value }) => {
    const theirs = wordsOf(nameIn(value));
    return !own.length || !theirs.length || theirs.some(word => own.some(mine => similar(mine, word)));
  });
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
    customer.phone ? look.under('phone', customer.phone, mostOfBlock) : [],
    Promise.all(ends.map(turn => around(look, 'name', turn))),
  ]);
  const beside = names.flat().filter(({ value }) => namesAlike(own, wordsOf(value)));
  const ids = [...blocks.flat().map(({ id }) => id), ...phones, ...beside.map(({ id }) => id)];
  return [...new Set(ids)].filter(id => id !== customer.id);
};

import { customers, type StoredCustomer } from '../customers/customer.ts';
import { numberBlock } from '../customers/lookups/blocking.ts';
import { entrySorts, writtenAs } from '../shared/store/entity.ts';
import { isBetween, type Reach, reaches } from '../shared/store/reach.ts';
import type { Reading } from './reading.ts';

export type By = 'id' | 'externalId' | 'email' | 'phone' | 'identifier' | 'name';
export type How = 'exact' | 'prefix' | 'ending' | 'similar';

/** A range of one kind of entries, under which those who are looked for are filed. */
export type Way = {
  by: By;
  how: How;
  entry: 'phone' | 'email' | 'name' | 'block';
  value: string;
  as: Reach;
  /** words that a value must have, each whole or begun: for ranges that are wider than what was asked */
  words?: string[];
};

/** each of the words begins another word of the name */
const hasWords = (name: string, words: string[]) => {
  const left = name.split(' ');
  return words.every(word => {
    const at = left.findIndex(one => one.startsWith(word));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

export const fits = ({ words }: Way, value: string) => !words || hasWords(value, words);

/** the first place that a customer is filed at and that a way leads to */
export const placeOn = (way: Way, customer: StoredCustomer): string | undefined => {
  const reach = reaches[way.as](writtenAs(customers, way.entry, way.value));
  const sorts = entrySorts(customers, way.entry, customer)
    .filter(({ value, sk }) => fits(way, value) && isBetween(sk, reach))
    .map(({ sk }) => sk);
  return sorts.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0];
};

const turned = (words: string[]) => words.map((_, at) => [...words.slice(at), ...words.slice(0, at)]);

/** orders that the words of a name may be filed in */
const orders = (words: string[]) => {
  const all = words.length > 3 ? turned(words) : [...turned(words), ...turned([...words].reverse())];
  return [...new Set(all.map(order => order.join(' ')))];
};

/** `o brien`, `mc donald`: short words may have been written with the next as one */
const joined = (words: string[]) =>
  words
    .join(' ')
    .replace(/(?<=^| )(\p{L}{1,2}) (?=\p{L}{2,})/gu, '$1')
    .split(' ');

const name = (how: How, value: string, as: Reach): Way => ({ by: 'name', how, entry: 'name', value, as });

/** any of the words may be only the beginning of one, the last first: it is still being typed */
const unfinished = (words: string[]) => {
  const ends = orders(words);
  const last = words.at(-1)!;
  const isLast = (order: string) => order === last || order.endsWith(` ${last}`);
  return [...ends.filter(isLast), ...ends.filter(order => !isLast(order))];
};

/** names that hold the words in an order that nothing is filed in */
const scattered = (words: string[]): Way[] => {
  const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
  return words.length > 1 ? [{ ...name('prefix', longest, 'prefix'), words }] : [];
};

const namesOf = (words: string[]): Way[] => {
  if (!words.length) return [];
  const one = joined(words);
  const spelt = one.length < words.length ? [words, one] : [words];
  return [
    ...spelt.flatMap(orders).map(value => name('exact', value, 'word')),
    ...spelt.flatMap(unfinished).map(value => name('prefix', value, 'longer')),
    ...spelt.flatMap(scattered),
  ];
};

const emailsOf = ({ email, domain }: Reading): { exact: Way[]; begun: Way[] } => {
  const way = (how: How, value: string, as: Reach): Way => ({ by: 'email', how, entry: 'email', value, as });
  if (domain) return { exact: [way('exact', `@${domain}`, 'word')], begun: [way('prefix', `@${domain}`, 'longer')] };
  if (!email) return { exact: [], begun: [] };
  const exact = email.includes('@') ? [way('exact', email, 'whole')] : [];
  return { exact, begun: [way('prefix', email, exact.length ? 'longer' : 'prefix')] };
};

/** Where those who may be meant are looked for, in the order in which they are shown: what is whole, what is begun. */
export const waysOf = (reading: Reading): Way[] => {
  const { words, phone, phoneEnd, number } = reading;
  const emails = emailsOf(reading);
  const blocks = number ? (['person', 'organisation'] as const).map(kind => numberBlock(kind, number)) : [];
  return [
    ...emails.exact,
    ...(phone ? [{ by: 'phone', how: 'exact', entry: 'phone', value: phone, as: 'whole' } as const] : []),
    ...blocks.map(value => ({ by: 'identifier', how: 'exact', entry: 'block', value, as: 'prefix' }) as const),
    ...namesOf(words),
    ...(phoneEnd ? [{ by: 'phone', how: 'ending', entry: 'phone', value: phoneEnd, as: 'prefix' } as const] : []),
    ...emails.begun,
  ];
};

import { customers, type StoredCustomer } from '../customers/customer.ts';
import { numberBlock } from '../customers/lookups/blocking.ts';
import { entrySorts, writtenAs } from '../shared/store/entity.ts';
import { isBetween, type Reach, reaches } from '../shared/store/reach.ts';
import type { ParsedQuery } from './parse-query.ts';

export type MatchedBy = 'id' | 'externalId' | 'email' | 'phone' | 'identifier' | 'name';
export type MatchedHow = 'exact' | 'prefix' | 'ending' | 'similar';

/** A range of one kind of lookup entries. */
export type EntryRange = {
  by: MatchedBy;
  how: MatchedHow;
  entry: 'phone' | 'email' | 'name' | 'block';
  value: string;
  as: Reach;
  /** words that an entry must have, whole or as prefixes: for ranges that are wider than the query */
  words?: string[];
};

/** whether each of the words is a prefix of another word of the name */
const hasWords = (name: string, words: string[]) => {
  const left = name.split(' ');
  return words.every(word => {
    const at = left.findIndex(one => one.startsWith(word));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
};

export const hasWordsOf = ({ words }: EntryRange, value: string) => !words || hasWords(value, words);

export const positionOf = (range: EntryRange, customer: StoredCustomer): string | undefined => {
  const reach = reaches[range.as](writtenAs(customers, range.entry, range.value));
  const sorts = entrySorts(customers, range.entry, customer)
    .filter(({ value, sk }) => hasWordsOf(range, value) && isBetween(sk, reach))
    .map(({ sk }) => sk);
  return sorts.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0];
};

const rotations = (words: string[]) => words.map((_, at) => [...words.slice(at), ...words.slice(0, at)]);

const orders = (words: string[]) => {
  const all = words.length > 3 ? rotations(words) : [...rotations(words), ...rotations([...words].reverse())];
  return [...new Set(all.map(order => order.join(' ')))];
};

/** `o brien`, `mc donald`: short words may be written as one with the next */
const joinShortWords = (words: string[]) =>
  words
    .join(' ')
    .replace(/(?<=^| )(\p{L}{1,2}) (?=\p{L}{2,})/gu, '$1')
    .split(' ');

const rangeOf = (entry: EntryRange['entry'], how: MatchedHow, value: string, as: Reach): EntryRange => ({
  by: entry === 'block' ? 'identifier' : entry,
  how,
  entry,
  value,
  as,
});

/** any of the words may be a prefix; the last one first, which may still be typed */
const prefixOrders = (words: string[]) => {
  const ends = orders(words);
  const last = words.at(-1)!;
  const isLast = (order: string) => order === last || order.endsWith(` ${last}`);
  return [...ends.filter(isLast), ...ends.filter(order => !isLast(order))];
};

const anyOrder = (words: string[]): EntryRange[] => {
  const [longest = ''] = [...words].sort((a, b) => b.length - a.length);
  return words.length > 1 ? [{ ...rangeOf('name', 'prefix', longest, 'prefix'), words }] : [];
};

const nameRanges = (words: string[]): EntryRange[] => {
  if (!words.length) return [];
  const one = joinShortWords(words);
  const spelt = one.length < words.length ? [words, one] : [words];
  return [
    ...spelt.flatMap(orders).map(value => rangeOf('name', 'exact', value, 'word')),
    ...spelt.flatMap(prefixOrders).map(value => rangeOf('name', 'prefix', value, 'longer')),
    ...spelt.flatMap(anyOrder),
  ];
};

const emailRanges = ({ email = '', domain }: ParsedQuery): EntryRange[] => {
  if (domain)
    return [rangeOf('email', 'exact', `@${domain}`, 'word'), rangeOf('email', 'prefix', `@${domain}`, 'longer')];
  if (email.includes('@'))
    return [rangeOf('email', 'exact', email, 'whole'), rangeOf('email', 'prefix', email, 'longer')];
  return email ? [rangeOf('email', 'prefix', email, 'prefix')] : [];
};

/** The ranges to read, in the order of the results: exact matches before prefixes. */
export const queryPlan = (query: ParsedQuery): EntryRange[] => {
  const { words, phone, phoneEnd, number } = query;
  const emails = emailRanges(query);
  const blocks = number ? (['person', 'organisation'] as const).map(kind => numberBlock(kind, number)) : [];
  return [
    ...emails.filter(({ how }) => how === 'exact'),
    ...(phone ? [rangeOf('phone', 'exact', phone, 'whole')] : []),
    ...blocks.map(value => rangeOf('block', 'exact', value, 'prefix')),
    ...nameRanges(words),
    ...(phoneEnd ? [rangeOf('phone', 'ending', phoneEnd, 'prefix')] : []),
    ...emails.filter(({ how }) => how === 'prefix'),
  ];
};

import { blockOf, nameIn, near } from '../customers/lookups/blocking.ts';
import { mostTurns } from '../customers/normalise.ts';
import { namesAlike, namesTouch, wordsOf } from '../shared/similarity/levels.ts';
import { withoutForms } from '../shared/similarity/organisation.ts';
import type { Filed } from './candidates.ts';

export type Entry = 'block' | 'phone' | 'name';

/** how far back a row is compared: what comes later is compared with it in its turn */
export const reachOf: Record<Entry, number> = { block: near.block, phone: near.block, name: near.eitherSide };

type Row = {
  id: string;
  group: string;
  words: string[];
  /** of names: beside another of this one the two are compared elsewhere */
  skips?: string;
};

/**
 * Namesakes stand side by side at each turn of their name: they are compared at one of them, the least. A name of more words is
 * not filed at all its turns.
 */
const isLeast = (words: string[]) => {
  const turned = words.map((_, at) => [...words.slice(at), ...words.slice(0, at)].join(' '));
  return words.length > mostTurns || turned.every(turn => turned[0]! <= turn);
};

const named = ({ id, value }: Filed): Row => {
  const words = wordsOf(value);
  return { id, group: '', words, ...(isLeast(words) ? {} : { skips: value }) };
};

const rowOf: Record<Entry, (filed: Filed) => Row> = {
  block: ({ id, value }) => ({ id, group: blockOf(value), words: wordsOf(nameIn(value)) }),
  phone: ({ id, value }) => ({ id, group: value, words: [] }),
  name: named,
};

const areElsewhere = (a: Row, b: Row) => a.skips !== undefined && a.skips === b.skips;

const isNear: Record<Entry, (a: Row, b: Row, apart: number, size: number) => boolean> = {
  block: (a, b, apart, size) =>
    size <= near.small || ((size < near.block || apart <= near.eitherSide) && namesTouch(a.words, b.words)),
  phone: () => true,
  name: (a, b) => !areElsewhere(a, b) && namesAlike(withoutForms(a.words), withoutForms(b.words)),
};

/**
 * Pairs of records that may be of one customer, by the same rules as `candidateIds`, out of a run of what is filed in a bucket;
 * those of the first `known` rows among themselves are left out.
 */
export const neighbours = (entry: Entry, filed: Filed[], known: number): [string, string][] => {
  const rows = filed.map(rowOf[entry]);
  const sizes = new Map<string, number>();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return rows.slice(known).flatMap((row, at) => {
    const nth = known + at;
    const before = rows.slice(Math.max(0, nth - reachOf[entry]), nth);
    const size = sizes.get(row.group) ?? 0;
    return before.flatMap((other, back): [string, string][] => {
      if (other.group !== row.group || other.id === row.id) return [];
      return isNear[entry](row, other, before.length - back, size) ? [[other.id, row.id]] : [];
    });
  });
};

import { isWithin } from '../../events/ids.ts';
import { customers } from '../customers/customer.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Store } from '../shared/store/store.ts';
import type { Cursor } from './import.ts';

/** an import of fewer rows is compared as it comes in */
const fewest = 1000;

/** what a row takes in bytes, before any has been read */
const usualRow = 100;

/** looking through all customers costs a tenth of looking up as many one after the other */
const worthwhile = 10;

const sample = { letters: ['a', 'c', 'l', 's', 't'], each: 40 };

const rowsOf = (read: number, { byte, size }: Pick<Cursor, 'byte' | 'size'>) =>
  read ? read * (size / byte) : size / usualRow;

/** how much of all customers was made by an import, as some of their names tell; all of it where there is nobody yet */
const shareOf = async (importId: string, store: Store) => {
  const pages = await Promise.all(
    sample.letters.map(letter => store.bucket(customers, 'name', letter, { limit: sample.each })),
  );
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  return ids.length ? ids.filter(id => isWithin(id, importId)).length / ids.length : 1;
};

/** whether looking through all customers costs less than looking up those that are still to come */
export const isWorthwhile = (share: number, { byte, size }: Pick<Cursor, 'byte' | 'size'>) =>
  share * (size / byte) * worthwhile >= 1;

/**
 * Whether the customers that an import makes are compared at its end, in one search through all there are: where they are a
 * large part of those, that takes pages in place of many thousand lookups.
 */
export const comparesLater = async ({ id, counts }: Job, { later, ...read }: Cursor, store: Store) => {
  const { read: rows = 0 } = counts;
  if (later || rowsOf(rows, read) < fewest) return later ?? false;
  return isWorthwhile(await shareOf(id, store), read);
};

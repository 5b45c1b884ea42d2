import { isWithin } from '../../../events/ids.ts';
import { customers } from '../../customers/customer.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Cursor } from '../import.ts';

const fewest = 1000;

/** what a row takes in bytes, before any has been read */
const usualRow = 100;

/** a search through all customers costs a tenth of looking up as many one after the other */
const worthwhile = 10;

const sample = { letters: ['a', 'c', 'l', 's', 't'], each: 40 };

type Progress = Pick<Cursor, 'byte' | 'size'>;

/** the share of all customers that an import has made, by a sample of their names; all where there are none */
const shareOf = async (importId: string, store: Store) => {
  const pages = await Promise.all(
    sample.letters.map(letter => store.bucket(customers, 'name', letter, { limit: sample.each })),
  );
  const ids = pages.flatMap(({ items }) => items.map(({ id }) => id));
  return ids.length ? ids.filter(id => isWithin(id, importId)).length / ids.length : 1;
};

/** whether a search through all customers costs less than looking up those that are still to come */
export const isWorthwhile = (share: number, { byte, size }: Progress) => share * (size / byte) * worthwhile >= 1;

/** whether the customers of an import are compared at its end, in one search through all there are */
export const comparesLater = async ({ id, counts }: Job, { later = false, ...read }: Cursor, store: Store) => {
  const { read: rows = 0 } = counts;
  const expected = rows ? rows * (read.size / read.byte) : read.size / usualRow;
  if (later || expected < fewest) return later;
  return isWorthwhile(await shareOf(id, store), read);
};

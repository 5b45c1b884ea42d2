import type { Store } from '../shared/store/store.ts';
import { midnightOf, plus } from '../shared/time/duration.ts';
import { recordsOf } from './fact-records.ts';
import type { Heard } from './reads.ts';

type Employment = {
  with: string;
  type: string;
  side: string;
  from?: string;
  until?: string;
  primary: boolean;
  id: string;
};

const employments = async (store: Store, customerId: string, side: 'from' | 'to', heard?: Heard) => {
  const all = (await recordsOf(store, 'relationship', customerId, heard)) as Employment[];
  return all.filter(one => one.type === 'employer' && one.side === side);
};

/** both days included */
const spanOf = ({ from = '0000-01-01', until }: Employment) => ({
  from: midnightOf(from),
  to: until === undefined ? undefined : plus(midnightOf(until), 'P1D'),
});

/** The employer of a customer at an instant: the primary one, else the latest; and when that may be another one. */
export const employerAt = async (store: Store, customerId: string, now: string, heard?: Heard) => {
  const all = (await employments(store, customerId, 'from', heard)).map(one => ({ ...one, ...spanOf(one) }));
  const current = all.filter(({ from, to }) => from <= now && (to === undefined || now < to));
  const [first] = current.toSorted((a, b) => Number(b.primary) - Number(a.primary) || (a.id < b.id ? 1 : -1));
  const until = all
    .flatMap(({ from, to }) => [from, to ?? ''])
    .filter(time => time > now)
    .sort()[0];
  return { id: first?.with, until };
};

/** The customers whose employer a customer is or was: conditions on their organisation change with it. */
export const employeesOf = async (store: Store, customerId: string): Promise<string[]> => [
  ...new Set((await employments(store, customerId, 'to')).map(one => one.with)),
];

import { customers, type StoredCustomer } from '../functions/customers/customer.ts';
import type { Lookups } from '../functions/matching/candidates.ts';

type Row = { value: string; id: string; bucket: string };

const rowsOf = (all: StoredCustomer[], entry: string): Row[] => {
  const { of, bucket = (value: string) => value } = customers.entries![entry]!;
  return all
    .flatMap(customer =>
      of(customer).flatMap(value => (value ? [{ value, id: customer.id, bucket: bucket(value) }] : [])),
    )
    .sort((a, b) => (a.value < b.value || (a.value === b.value && a.id < b.id) ? -1 : 1));
};

/** what is filed by bucket, each in the order of the values */
const bucketsOf = (all: StoredCustomer[], entry: string) => Map.groupBy(rowsOf(all, entry), ({ bucket }) => bucket);

/** all that customers are found by, as it is filed */
export const filedRows = (all: StoredCustomer[]) => ({
  block: bucketsOf(all, 'block'),
  name: bucketsOf(all, 'name'),
  phone: bucketsOf(all, 'phone'),
});

const placeOf = (rows: Row[], value: string) => {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle]!.value < value) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** the lookups of the store among these customers, without a store; `queries` counts them */
export const sortedLookups = (all: StoredCustomer[]): Lookups & { queries: () => number } => {
  const filed = filedRows(all);
  let queries = 0;
  return {
    queries: () => queries,
    beside: async (entry, value, { limit, upwards, within }) => {
      queries++;
      const bucket = customers.entries![entry]!.bucket!(value);
      const rows = filed[entry].get(bucket) ?? [];
      const at = placeOf(rows, value);
      const near = upwards ? rows.slice(at, at + limit) : rows.slice(Math.max(0, at - limit), at);
      return near.filter(row => row.value.startsWith(within));
    },
    under: async (entry, value, most) => {
      queries++;
      return (filed[entry].get(customers.entries![entry]!.bucket!(value)) ?? [])
        .filter(row => row.value === value)
        .slice(0, most)
        .map(({ id }) => id);
    },
  };
};

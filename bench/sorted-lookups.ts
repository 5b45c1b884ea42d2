import { customers, type StoredCustomer } from '../functions/customers/customer.ts';
import type { Lookups } from '../functions/customers/matching/candidates.ts';

type Row = { value: string; id: string; bucket: string };

const rowsOf = (all: StoredCustomer[], entry: string): Row[] => {
  const { of, bucket = (value: string) => value } = customers.entries![entry]!;
  return all
    .flatMap(customer =>
      of(customer).flatMap(value => (value ? [{ value, id: customer.id, bucket: bucket(value) }] : [])),
    )
    .sort((a, b) => (a.value < b.value || (a.value === b.value && a.id < b.id) ? -1 : 1));
};

const placeOf = (rows: Row[], value: string) => {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rows[middle]!.value < value) from = middle + 1;
    else to = middle;
  }
  return from;
};

/** what the store's lookups would find among these customers, without a store; `asked` counts the queries */
export const sortedLookups = (all: StoredCustomer[]): Lookups & { asked: () => number } => {
  const filed = { block: rowsOf(all, 'block'), name: rowsOf(all, 'name'), phone: rowsOf(all, 'phone') };
  let asked = 0;
  return {
    asked: () => asked,
    beside: async (entry, value, most, upwards) => {
      asked++;
      const rows = filed[entry];
      const at = placeOf(rows, value);
      const near = upwards ? rows.slice(at, at + most) : rows.slice(Math.max(0, at - most), at);
      const bucket = customers.entries![entry]!.bucket!(value);
      return near.filter(row => row.bucket === bucket);
    },
    under: async (entry, value, most) => {
      asked++;
      return filed[entry]
        .filter(row => row.value === value)
        .slice(0, most)
        .map(({ id }) => id);
    },
  };
};

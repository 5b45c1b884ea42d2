import type { Crm } from './crm.ts';
import type { Imported } from './import-row.ts';
import { readTruth } from './sources.ts';

type Log = (line: string) => void;

const tally = (values: string[]) => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

const words = (counts: [string, number][]) => counts.map(([what, count]) => `${what} ${count}`).join(', ') || 'none';

/** every customer, a page at a time */
const everybody = async (crm: Crm) => {
  const all: { id: string; name?: string; email?: string; phone?: string; address?: { postcode?: string } }[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: typeof all; nextCursor: string | null } = await crm.ask('GET /v1/customers', {
      query: { limit: 100, ...(cursor ? { cursor } : {}) },
    });
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
};

/** the letters of a name in any order of its words, and the postcode */
const likely = ({ name = '', address }: { name?: string; address?: { postcode?: string } }) => {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return address?.postcode && name ? `${plain.split(/\W+/).sort().join(' ')} ${address.postcode}` : undefined;
};

/** groups of more than one, and how many too many that makes */
const beyondOne = (groups: Iterable<Set<string>>) => {
  const double = [...groups].filter(({ size }) => size > 1);
  return { groups: double.length, extra: double.reduce((sum, { size }) => sum + size - 1, 0) };
};

const grouped = (pairs: [key: string | undefined, id: string][]) => {
  const groups = new Map<string, Set<string>>();
  for (const [key, id] of pairs) if (key) groups.set(key, (groups.get(key) ?? new Set()).add(id));
  return groups;
};

const ofFile = (imported: Imported[], file: string) => {
  const rows = imported.filter(({ row }) => row.file === file);
  const created = rows.filter(one => one.created).length;
  const given = rows.filter(({ id }) => !id).length;
  return { read: rows.length, created, merged: rows.length - created - given, given };
};

const cell = (value: string | number) => String(value).padStart(10);

const perFile = (imported: Imported[], log: Log) => {
  log(`  ${'list'.padEnd(9)}${['lines', 'created', 'merged', 'given up'].map(cell).join('')}`);
  for (const file of new Set(imported.map(({ row }) => row.file))) {
    const { read, created, merged, given } = ofFile(imported, file);
    log(`  ${file.padEnd(9)}${[read, created, merged, given].map(cell).join('')}`);
  }
};

const share = (count: number, of: number) => `${count} (${Math.round((100 * count) / of)} %)`;

/** Says what the lists were worth: what came in, what was refused and why, what is missing, who is in twice. */
export const reportQuality = async (crm: Crm, imported: Imported[], log: Log) => {
  const customers = await everybody(crm);
  const refused = imported.filter(row => row.refused.length);
  const saved = refused.filter(({ id }) => id).length;
  const byKey = beyondOne(grouped(customers.map(customer => [likely(customer), customer.id])).values());
  const truth = readTruth();
  const really = imported.flatMap(({ row, id }): [string | undefined, string][] =>
    id ? [[truth.get(`${row.file}:${row.line}`), id]] : [],
  );
  const people = grouped(really);
  const still = beyondOne(people.values());
  const mixed = beyondOne(grouped(really.map(([person, id]) => [id, person ?? ''])).values());
  const missing = (['name', 'email', 'phone', 'address'] as const).map(
    field =>
      `${field} ${share(customers.filter(one => !(field === 'address' ? one.address?.postcode : one[field])).length, customers.length)}`,
  );
  log('Data quality');
  perFile(imported, log);
  log(`  customers now              ${customers.length}, of ${people.size} people`);
  log(
    `  lines refused as they were ${refused.length}: ${words(tally(refused.flatMap(row => row.refused.map(({ field }) => field))))}`,
  );
  log(`    taken without that field ${saved}; given up ${refused.length - saved}`);
  log(`  without                    ${missing.join(', ')}`);
  log(`  likely in twice            ${byKey.extra} records in ${byKey.groups} groups of one name and postcode`);
  log(
    `  really in twice            ${still.extra} records of ${still.groups} people (typing errors, no e-mail); joined wrongly ${mixed.groups}`,
  );
  return { customers: customers.length, refused: refused.length, likely: byKey.extra, really: still.extra };
};

import type { Crm } from './crm.ts';
import { allOf } from './everybody.ts';
import type { Imported } from './import-list.ts';
import { type List, readTruth } from './sources.ts';

type Log = (line: string) => void;
type Customer = { id: string; externalId?: string; identifiers?: Record<string, string> };

const cell = (value: string | number) => String(value).padStart(11);

const perList = (imported: Imported[], log: Log) => {
  const counts = ['read', 'created', 'updated', 'unchanged', 'failed', 'withErrors'] as const;
  log(`  ${'list'.padEnd(9)}${['lines', ...counts.slice(1, -1), 'incomplete'].map(cell).join('')}`);
  for (const { name, rows } of imported) log(`  ${name.padEnd(9)}${counts.map(count => cell(rows[count])).join('')}`);
  for (const { name, errors } of imported) {
    for (const { column, message, rows } of errors.slice(0, 3)) {
      log(`    ${name}: ${column ? `${column} ` : ''}${message} (${rows} ×)`);
    }
  }
};

/** groups of more than one, and how many too many that makes */
const beyondOne = (groups: Iterable<Set<string>>) => {
  const double = [...groups].filter(({ size }) => size > 1);
  return { groups: double.length, extra: double.reduce((sum, { size }) => sum + size - 1, 0) };
};

const grouped = (pairs: [key: string, member: string][]) => {
  const groups = new Map<string, Set<string>>();
  for (const [key, member] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(member));
  return groups;
};

const numberOf = (customer: Customer, path: string) =>
  path === 'externalId' ? customer.externalId : customer.identifiers?.[path.split('.')[1] ?? ''];

/** which person each customer is, as far as the numbers of the lists tell */
const judged = (lists: List[], customers: Customer[]): [person: string, customer: string][] => {
  const truth = readTruth();
  return lists.flatMap(({ name, rows, lineOf, number: { path, column } }) => {
    const byNumber = new Map(customers.map(one => [numberOf(one, path), one.id]));
    return rows.flatMap((row, nth): [string, string][] => {
      const id = row[column] ? byNumber.get(row[column]) : undefined;
      return id ? [[truth.get(`${name}:${lineOf(nth)}`) ?? '', id]] : [];
    });
  });
};

/** Says what the lists were worth: what came in and what did not, how good the records are, who is in twice. */
export const reportQuality = async (crm: Crm, lists: List[], imported: Imported[], log: Log) => {
  await crm.ask('POST /v1/quality/report');
  await crm.idle();
  const [{ latest }, customers, open] = await Promise.all([
    crm.ask('GET /v1/quality'),
    allOf(crm, 'GET /v1/customers'),
    allOf(crm, 'GET /v1/duplicates'),
  ]);
  const pairs = judged(lists, customers);
  const still = beyondOne(grouped(pairs).values());
  const mixed = beyondOne(grouped(pairs.map(([person, id]) => [id, person])).values());
  const people = new Set(readTruth().values()).size;
  const lines = imported.reduce((sum, { rows }) => sum + rows.read, 0);
  log('Data quality');
  perList(imported, log);
  log(`  customers now   ${customers.length} of ${lines} lines; there are ${people} people`);
  log(`  duplicates      ${open.length} wait to be looked at, likeliest first:`);
  for (const { probability, reasons } of open.slice(0, 2)) log(`    ${probability}: ${reasons.slice(0, 4).join(', ')}`);
  log(`  really in twice ${still.extra} records of ${still.groups} people; joined wrongly ${mixed.groups}`);
  const letters = Object.entries(latest.letters).map(([letter, score]) => `${letter} ${score}`);
  log(`  STARTS          ${latest.total} of 100: ${letters.join(', ')}`);
  for (const { letter, check, share } of latest.problems.slice(0, 3)) {
    log(`    ${letter}: ${check} (${Math.round(share * 100)} % of the records)`);
  }
  return { customers: customers.length, people, open: open.length, still: still.extra, mixed: mixed.groups };
};

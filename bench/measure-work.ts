import { RequestFailed } from '../demo/crm.ts';
import { readTemplate } from '../local/template/template.ts';
import type { Budget } from './budget.ts';
import { type Count, type Counts, countOf } from './count.ts';
import { histories, manyEvents, operations, trackedEvent } from './operations.ts';
import { mailSent } from './operations-marketing.ts';
import { textSearch } from './operations-memory.ts';
import { dollars, idleDollars, requestDollars, storageDollars } from './prices.ts';
import { countedStack } from './stack.ts';
import { round } from './statistics.ts';
import type { Cell, Table } from './table.ts';

/** a number that was the same each time, or from–to */
const same = (values: number[]): Cell => {
  const [least, most] = [Math.min(...values), Math.max(...values)].map(value => round(value, 1));
  return least === most ? least! : `${least}–${most}`;
};

const cells = (counts: Count[]): Cell[] =>
  (['calls', 'read', 'write', 'events', 'functions', 'messages', 'transitions'] as const).map(name =>
    same(counts.map(count => count[name])),
  );

const mean = (values: number[]) => values.reduce((all, value) => all + value, 0) / values.length;

/** dollars for a million of an operation, with the request that begins it */
const perMillion = (counts: Counts[]) =>
  1e6 * (requestDollars + mean(counts.map(({ request, rest }) => dollars(request) + dollars(rest))));

const rowOf = (name: string, counts: Counts[]): Cell[] => {
  const [, ...rest] = [name, ...cells(counts.map(({ rest }) => rest))];
  const [calls = 0, read = 0, write = 0] = cells(counts.map(({ request }) => request));
  return [name, calls, read, write, ...rest, round(perMillion(counts), 2)];
};

type Found = Map<string, Counts[]>;

const most = (found: Found, name: string, of: (count: Count) => number) =>
  Math.max(...(found.get(name) ?? []).map(({ request }) => of(request)));

const isWrite = (operation: string) => /Put|Update|Delete|Write/.test(operation);

const budgetsOf = (found: Found): Budget[] => {
  const views = histories.map(events => `single view, history of ${events.toLocaleString('en')}`);
  const transactions = (count: Count) => count.operations.filter(name => name === 'TransactWriteItems').length;
  const others = (count: Count) => count.operations.filter(name => name !== 'TransactWriteItems').length;
  const writes = (count: Count) => count.operations.filter(isWrite).length;
  const reads = (count: Count) => count.operations.length - writes(count);
  return [
    ...views.map(name => ({ name, limit: 2, found: most(found, name, ({ calls }) => calls), unit: 'store calls' })),
    { name: 'create customer', limit: 1, found: most(found, 'create customer', transactions), unit: 'transactions' },
    // what is declared of attributes and sources is read with every write of a customer
    { name: 'create customer', limit: 1, found: most(found, 'create customer', others), unit: 'other store calls' },
    { name: trackedEvent, limit: 1, found: most(found, trackedEvent, writes), unit: 'writes' },
    // a query for each word, and the texts that hold all of them
    { name: textSearch, limit: 6, found: most(found, textSearch, ({ calls }) => calls), unit: 'store calls' },
    // four times a second at most: whether a customer was erased
    { name: trackedEvent, limit: 1, found: most(found, trackedEvent, reads), unit: 'reads' },
  ];
};

/** A month of a company of 100,000 customers: how often each operation happens. */
const aMonth: [operation: string, times: number][] = [
  [manyEvents, 10e6 / 25],
  [mailSent, 1e6],
  ['case opened -> assigned, acknowledged', 20e3],
  ['case answered', 20e3],
  ['case resolved', 20e3],
  ['create customer', 5e3],
];

const gigabytes = 25;

const workload = (found: Found, resources: Parameters<typeof idleDollars>[0]): Table => {
  const used: [string, number][] = aMonth.flatMap(([name, times]) => {
    const counts = found.get(name);
    return counts ? [[`${times.toLocaleString('en')} × ${name}`, (perMillion(counts) * times) / 1e6]] : [];
  });
  const { queues, polling, alarms, keys } = idleDollars(resources);
  const idle: [string, number][] = [
    [`idle: ${queues} queues polled`, polling],
    ['idle: alarms', alarms],
    ['idle: keys', keys],
  ];
  const rows = [...used, [`storage of ${gigabytes} GB`, storageDollars(gigabytes)] as [string, number], ...idle];
  const total = rows.reduce((all, [, sum]) => all + sum, 0);
  return {
    title: 'A month of 100,000 customers',
    note: 'Dollars a month: 10 million tracked events, a million e-mails, 20,000 cases. Logs, traces and the mail provider are not in it.',
    head: ['what', '$'],
    rows: [...rows, ['all', total] as [string, number]].map(([what, sum]) => [what, round(sum, 2)]),
  };
};

/** Counts what each operation asks of the store, the bus and the functions. */
export const measureWork = async (template: string, say: (line: string) => void) => {
  const stack = await countedStack(template);
  const found: Found = new Map();
  try {
    const crm = await stack.tenant();
    for (const operation of operations) {
      say(operation.name);
      try {
        found.set(operation.name, await countOf(stack, crm, operation));
      } catch (error) {
        // a missing route is left out with a note; anything else is an error
        if (!(error instanceof RequestFailed && error.status === 404 && error.code === '404')) throw error;
        say(`  skipped: ${error.message}`);
      }
    }
  } finally {
    await stack.close();
  }
  const table: Table = {
    title: 'Work per operation',
    note: [
      'Exact counts, each operation three times after a first one unmeasured (from–to where they differ). Under `request` what the',
      'HTTP function does before it answers; under `then` what its events bring about in all other functions until nothing is under way.',
      '`calls` are round trips to the table; `RU` and `WU` are read and write units as the engine reports them as consumed, indexes',
      'included, a transaction at twice the price. Dollars are list prices (bench/prices.ts) applied to the counts, without what the',
      'mail provider takes ($100 a million); the time of functions is assumed by their calls, not measured.',
    ].join('\n'),
    head: [
      'operation',
      'request: calls',
      'RU',
      'WU',
      'then: calls',
      'RU',
      'WU',
      'bus events',
      'functions',
      'messages',
      'transitions',
      '$ a million',
    ],
    rows: [...found].map(([name, counts]) => rowOf(name, counts)),
  };
  return { table, more: [workload(found, readTemplate(template).resources)], budgets: budgetsOf(found) };
};

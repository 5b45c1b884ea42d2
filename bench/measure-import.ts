import type { Budget } from './budget.ts';
import { dirtyRows } from './dirty-rows.ts';
import { type Imported, importFile } from './import-file.ts';
import { type Counted, countedStack, wholeStack } from './stack.ts';
import { round } from './statistics.ts';
import type { Cell, Table } from './table.ts';

type Options = { large: boolean; rows?: number };
type Say = (line: string) => void;

/** the rows for which store costs are counted, and ten times as many for time and memory */
const counted = 600;
const timed = { usual: 2_000, large: 100_000 };

const most = { minutes: 10, memoryGrowth: 1.3 };

type Cost = { name: string; calls: number; read: number; write: number; events: number };

/** what one row costs, once whatever it starts has started */
const costOf = async (name: string, stack: Counted, run: () => Promise<Imported>): Promise<Cost> => {
  stack.taken();
  const { rows } = await run();
  const { calls } = stack.taken();
  const per = (of: (call: (typeof calls)[number]) => number) =>
    calls.reduce((sum, call) => sum + of(call), 0) / rows.read;
  return {
    name,
    calls: per(({ service }) => Number(service === 'dynamodb')),
    read: per(({ read }) => read),
    write: per(({ write }) => write),
    events: per(({ events }) => events),
  };
};

const costs = async (template: string, say: Say): Promise<Cost[]> => {
  const stack = await countedStack(template);
  try {
    const crm = await stack.tenant();
    const file = dirtyRows(counted);
    const run = async (fields: object = {}) => {
      const imported = await importFile(crm, () => file, fields);
      await crm.idle();
      return imported;
    };
    await importFile(await stack.tenant(), () => dirtyRows(10));
    const found: Cost[] = [];
    for (const [name, fields] of [
      ['dry run', { dryRun: true }],
      ['brought in, compared one by one', {}],
      ['again, unchanged', {}],
    ] as const) {
      say(`import, ${name}`);
      await crm.idle();
      found.push(await costOf(name, stack, () => run(fields)));
    }
    return found;
  } finally {
    await stack.close();
  }
};

type Time = Imported & { peak: number };

/** the peak memory of the stack during the run, in megabytes, without the file */
const withPeak = async (run: () => Promise<Imported>): Promise<Time> => {
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss / 1e6);
  }, 100);
  return run()
    .then(imported => ({ ...imported, peak }))
    .finally(() => clearInterval(look));
};

const times = async (template: string, counts: number[], say: Say): Promise<Time[]> => {
  const stack = await wholeStack(template);
  const found: Time[] = [];
  try {
    await importFile(await stack.tenant(), () => dirtyRows(200)); // starts what there is to start
    for (const count of counts) {
      say(`import, ${count.toLocaleString('en')} rows`);
      const crm = await stack.tenant();
      found.push(await withPeak(() => importFile(crm, () => dirtyRows(count))));
      await crm.idle();
    }
    return found;
  } finally {
    await stack.close();
  }
};

const timeRow = ({ rows, seconds, searched, peak }: Time): Cell[] => [
  `${rows.read.toLocaleString('en')} rows, ${rows.withErrors.toLocaleString('en')} with errors`,
  round(seconds, 1),
  round(searched, 1),
  round(rows.read / searched),
  round(peak),
  '',
  '',
  '',
  '',
];

const costRow = ({ name, calls, read, write, events }: Cost): Cell[] => [
  name,
  '',
  '',
  '',
  '',
  round(calls, 2),
  round(read, 2),
  round(write, 2),
  round(events, 3),
];

/** seconds say something only of as many rows as they are promised for */
const timeBudget = ({ rows, searched }: Time): Budget[] =>
  rows.read < timed.large
    ? []
    : [
        {
          name: '100,000 rows with their duplicates',
          limit: most.minutes,
          found: round(searched / 60, 1),
          unit: 'minutes',
        },
      ];

const budgetsOf = ([, created, unchanged]: Cost[], [small, large]: Time[]): Budget[] => [
  { name: 'store calls of an imported row', limit: 9, found: round(created!.calls, 2), unit: 'calls' },
  { name: 'write units of an imported row', limit: 34, found: round(created!.write, 2), unit: 'WU' },
  { name: 'store calls of a row that changes nothing', limit: 0.2, found: round(unchanged!.calls, 2), unit: 'calls' },
  { name: 'write units of a row that changes nothing', limit: 1, found: round(unchanged!.write, 2), unit: 'WU' },
  {
    name: `memory at ${large!.rows.read.toLocaleString('en')} rows over a tenth of them`,
    limit: most.memoryGrowth,
    found: round(large!.peak / small!.peak, 2),
    unit: 'times',
  },
  ...timeBudget(large!),
];

/** What a row of a file costs, and how long many take. */
export const measureImport = async (template: string, say: Say, { large, rows }: Options) => {
  const count = rows ?? (large ? timed.large : timed.usual);
  const cost = await costs(template, say);
  const time = await times(template, [Math.ceil(count / 10), count], say);
  const table: Table = {
    title: 'Imports',
    note: [
      'A list as a department keeps it (`bench/dirty-rows.ts`): four rows in ten with a bad value, one in ten of a person who is in it',
      'already. Counts are exact, per row, over everything an import brings about: lookups, writes, the search for duplicates, the job’s',
      'own progress; `WU` in transactions at twice the price. Seconds are until the import is done, and until its duplicates are found as',
      'well; `MB` is the most that runtime and functions took together. `--large` takes 100,000 rows, `--rows` any number.',
    ].join('\n'),
    head: ['rows', 'seconds', 'with duplicates', 'rows/s', 'MB', 'store calls per row', 'RU', 'WU', 'bus events'],
    rows: [...time.map(timeRow), ...cost.map(costRow)],
  };
  return { table, budgets: budgetsOf(cost, time) };
};

import type { Budget } from './budget.ts';
import { evaluations } from './evaluation.ts';
import { type Index, index } from './pattern-index.ts';
import { busEvents, rules, seeded } from './rules.ts';
import { round } from './statistics.ts';
import type { Table } from './table.ts';

const counts = [10, 1_000, 10_000];

const rounds = 15;

/** milliseconds of one look at one candidate */
const slice = 150;

type Candidate = { name: string; events: string[]; handle: (event: string) => unknown; rates: number[] };

/** events a second, in a slice of time */
const run = ({ events, handle }: Candidate) => {
  const begun = process.cpuUsage();
  const until = performance.now() + slice;
  let done = 0;
  while (performance.now() < until) {
    for (let nth = 0; nth < 200; nth++) handle(events[done++ % events.length]!);
  }
  const { user, system } = process.cpuUsage(begun);
  return (done * 1e6) / (user + system);
};

const candidate = (name: string, names: number, matcher?: Index): Candidate => ({
  name,
  events: busEvents(2_000, names, seeded(2)),
  handle: matcher ? event => matcher.matches(JSON.parse(event)) : event => JSON.parse(event),
  rates: [],
});

/** the quietest look: others on the machine take the cache away that this is about */
const best = ({ rates }: Candidate) => Math.max(...rates);

const spread = (triggers: number, names: number) => index(rules(triggers, names, seeded(1)));

const label = (triggers: number) => triggers.toLocaleString('en');

/** How many events a second are compared with all triggers by the pure matcher, and what evaluation reads of the store. */
export const measureMatching = async (_: string, say: (line: string) => void) => {
  const even = counts.map(count =>
    candidate(`${label(count)}, 10 on each name`, count / 10, spread(count, count / 10)),
  );
  const mixed = counts.map(count => candidate(`${label(count)}, over 200 names`, 200, spread(count, 200)));
  const parsing = candidate('none (JSON is parsed)', 200);
  const candidates = [parsing, ...even, ...mixed];
  for (let nth = 0; nth < rounds; nth++) {
    say(`matching, ${nth + 1} of ${rounds}`);
    for (const one of candidates) one.rates.push(run(one));
  }
  say('evaluation from the store');
  const stored = await evaluations(counts);
  const base = best(parsing);
  const table: Table = {
    title: 'Triggers',
    note: [
      'Events a second of processor time on one core, JSON parsed each time, compared with all triggers by `bench/pattern-index.ts`;',
      `the best of ${rounds} interleaved looks, × is the cost of an event over that of parsing it. A fifth of the triggers each compare a`,
      'property exactly, with a range, a prefix, anything but two values, or a suffix and a number. `calls` and `RU` are exact: what',
      'the evaluation of one event reads of the triggers in the table.',
    ].join('\n'),
    head: ['triggers', 'events/s', '×', 'store calls per event', 'RU per event', 'matches per event'],
    rows: candidates.map(({ name, rates }, nth) => {
      const rate = Math.max(...rates);
      const from = stored[nth - 1];
      const read = from ? [from.calls, round(from.read, 2), round(from.matched, 2)] : ['', '', ''];
      return [name, round(rate / 1000) * 1000, round(base / rate, 2), ...read];
    }),
  };
  const cost = (one: Candidate | undefined) => 1e6 / (one ? best(one) : Number.NaN);
  const [few, , many] = even;
  const [fewStored, , manyStored] = stored;
  const budgets: Budget[] = [
    {
      name: 'cost of an event, 10,000 triggers over 10',
      limit: 2,
      found: round(cost(many) / cost(few), 2),
      unit: 'times',
    },
    {
      name: 'store calls of an event, 10,000 triggers over 10',
      limit: 2,
      found: round((manyStored?.calls ?? 0) / (fewStored?.calls ?? 1), 2),
      unit: 'times',
    },
    {
      name: 'read units of an event, 10,000 triggers over 10',
      limit: 2,
      found: round((manyStored?.read ?? 0) / (fewStored?.read ?? 1), 2),
      unit: 'times',
    },
  ];
  return { table, budgets };
};

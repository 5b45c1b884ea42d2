import type { Budget } from './budget.ts';
import { type Counts, countOf, type Operation } from './count.ts';
import { type Counted, countedStack, type Tenant } from './stack.ts';
import { round } from './statistics.ts';
import { customer, tracked } from './subjects.ts';
import type { Cell, Table } from './table.ts';

type Say = (line: string) => void;

const live = { segments: 100, triggers: 1_000, named: 10 };

/** customers that a rebuild judges */
const profiles = 400;

const nameOf = (nth: number) => `Event ${nth}`;

/** how many requests are made at a time to set a company up */
const together = 8;

const repeat = async (count: number, one: (nth: number) => Promise<unknown>) => {
  for (let at = 0; at < count; at += together)
    await Promise.all(Array.from({ length: Math.min(together, count - at) }, (_, nth) => one(at + nth)));
};

/** of ten segments or triggers each hears one event */
const segmentOf = (nth: number) => ({
  name: `Segment ${nth}`,
  condition: {
    all: [
      { event: nameOf(Math.floor(nth / live.named)), within: 'P30D', count: { gte: (nth % live.named) + 1 } },
      { attribute: 'givenName', is: 'Ada' },
    ],
  },
});

const triggerOf = (nth: number) => ({
  name: `Trigger ${nth}`,
  when: { 'detail-type': ['tracked.track'], detail: { data: { event: [nameOf(Math.floor(nth / live.named))] } } },
  if: { attribute: 'givenName', is: 'Nobody' },
  then: [{ tag: 'bench' }],
  state: 'active',
});

type Person = { externalId: string };

const event = (name: string, nth: number): Operation<Person> => ({
  name,
  prepare: crm => customer(crm),
  run: (crm, { externalId }) => crm.track(tracked(externalId, nameOf(nth))),
});

/** of one person each time: it comes into one segment more */
const again = (name: string): Operation<Person> => {
  let person: Promise<Person> | undefined;
  return {
    ...event(name, 1),
    prepare: crm => {
      person ??= customer(crm);
      return person;
    },
  };
};

const rowOf = (name: string, counts: Counts[]): Cell[] => {
  const mean = (of: (counted: Counts) => number) =>
    round(counts.reduce((sum, one) => sum + of(one), 0) / counts.length, 1);
  return [name, mean(({ rest }) => rest.calls), mean(({ rest }) => rest.read), mean(({ rest }) => rest.write)];
};

const heading = ['what', 'calls', 'RU', 'WU'];

const eventsOf = async (stack: Counted, crm: Tenant, operations: Operation<Person>[], say: Say) => {
  const found: { name: string; counts: Counts[] }[] = [];
  for (const operation of operations) {
    say(operation.name);
    found.push({ name: operation.name, counts: await countOf(stack, crm, operation) });
  }
  return found;
};

/** what judging a customer by all segments costs, in one pass over all */
const rebuild = async (stack: Counted, crm: Tenant) => {
  await repeat(profiles, () => customer(crm));
  await crm.idle();
  stack.taken();
  const begun = performance.now();
  await crm.ask('POST /v1/segments/rebuild', { body: {} });
  await crm.idle();
  const seconds = (performance.now() - begun) / 1000;
  const calls = stack.taken().calls.filter(({ service }) => service === 'dynamodb');
  const per = (of: (call: (typeof calls)[number]) => number) =>
    round(calls.reduce((sum, call) => sum + of(call), 0) / profiles, 2);
  return {
    seconds,
    row: [
      `rebuild of ${live.segments} segments, per profile`,
      per(() => 1),
      per(({ read }) => read),
      per(({ write }) => write),
    ],
  };
};

/** What an event costs where many segments and triggers are live, and a rebuild of all segments for a profile. */
export const measureSegments = async (template: string, say: Say) => {
  const stack = await countedStack(template);
  try {
    const [idle, crm] = [await stack.tenant(), await stack.tenant()];
    const alone = await eventsOf(stack, idle, [event('tracked event, nothing live', 0)], say);
    say('segments and triggers are made');
    await repeat(live.segments, nth => crm.ask('POST /v1/segments', { body: segmentOf(nth) }));
    await repeat(live.triggers, nth => crm.ask('POST /v1/triggers', { body: triggerOf(nth) }));
    await crm.idle();
    const found = await eventsOf(
      stack,
      crm,
      [
        event(`tracked event that nothing hears, ${live.segments} segments and 1,000 triggers live`, 5_000),
        event('tracked event that 10 segments and 10 triggers hear, the first of a customer', 0),
        again('the same of one customer, each into one more of them'),
      ],
      say,
    );
    say('rebuild');
    const { seconds, row } = await rebuild(stack, crm);
    const table: Table = {
      title: 'Segments',
      note: [
        `What an event brings about after the request, with ${live.segments} segments and ${live.triggers.toLocaleString('en')} triggers live, ten on each event; and one pass`,
        `over ${profiles} profiles that judges each by all segments: ${round(profiles / seconds, 0)} profiles a second on this machine. Segments that are`,
        'built together share the pass: reads do not grow with their number.',
      ].join('\n'),
      head: heading,
      rows: [...[...alone, ...found].map(({ name, counts }) => rowOf(name, counts)), row],
    };
    const budgets: Budget[] = [
      { name: 'rebuild, a profile', limit: 6, found: Number(row[1]), unit: 'store calls' },
      {
        name: 'tracked event that nothing hears',
        limit: 6,
        found: Math.max(...(found[0]?.counts ?? []).map(({ rest }) => rest.calls)),
        unit: 'store calls',
      },
    ];
    return { table, budgets };
  } finally {
    await stack.close();
  }
};

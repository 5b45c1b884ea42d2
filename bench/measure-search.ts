import { customerUpdated } from '../events/customer.ts';
import { readView } from '../functions/customer-view/read-view.ts';
import { displayName } from '../functions/customers/customer.ts';
import { identities } from '../functions/customers/identity.ts';
import { settingsOf } from '../functions/customers/settings.ts';
import { findCustomers } from '../functions/search/find-customers.ts';
import { type Ctx, ctxOf } from '../functions/shared/http/context.ts';
import { type Change, emit, insert } from '../functions/shared/store/changes.ts';
import { bareStore } from './bare-store.ts';
import type { Budget } from './budget.ts';
import { crowd, oneOf } from './crowd.ts';
import { pour } from './pour.ts';
import { kinds } from './searches.ts';
import { round } from './statistics.ts';
import type { Table } from './table.ts';

const now = '2026-11-22T08:00:00.000Z';

/** how many of each kind, how often each is timed: the quickest counts, others are on the machine */
const sample = { searches: 100, times: 3 };

const page = { limit: 25, cursor: undefined };

type Sample = { ms: number; calls: number; read: number; found: boolean };
type Bare = Awaited<ReturnType<typeof bareStore>>;

type Shown = { id: string; name?: string | undefined };

/** the person who is meant, or, of a name that more have than a page shows, others of it */
const isAmong = (found: Shown[], { id, name }: Shown) =>
  found.some(one => one.id === id) ||
  (found.length === page.limit && found.some(one => one.name?.toLowerCase() === name?.toLowerCase()));

const timed = async (bare: Bare, run: () => Promise<Shown[]>, meant: Shown): Promise<Sample> => {
  let ms = Number.POSITIVE_INFINITY;
  let found: Shown[] = [];
  for (let nth = 0; nth < sample.times; nth++) {
    bare.taken();
    const begun = performance.now();
    found = await run();
    ms = Math.min(ms, performance.now() - begun);
  }
  const calls = bare.taken();
  return {
    ms,
    calls: calls.length,
    read: calls.reduce((sum, { read }) => sum + read, 0),
    found: isAmong(found, meant),
  };
};

const searchFor = (q: string, ctx: Ctx) => async () => {
  const query = { q, ...page, email: undefined, phone: undefined, externalId: undefined, kind: undefined };
  const reply = (await findCustomers({ params: {}, query, body: undefined, headers: {}, ip: '' }, ctx)) as {
    items: Shown[];
  };
  return reply.items;
};

const viewOf = (id: string, ctx: Ctx) => async () => {
  await readView(
    { params: { id }, query: { for: undefined, purpose: undefined }, body: undefined, headers: {}, ip: '' },
    ctx,
  );
  return [{ id }];
};

const heavyView = 'single view, 200 parts, 1,000 events';

/** a customer with many parts, and a long history */
const burden = (customerId: string): Change[] => [
  ...Array.from({ length: 200 }, (_, nth) =>
    insert(identities, { id: customerId, type: 'anonymousId', value: `device-${nth}`, since: now } as never),
  ),
  ...Array.from({ length: 1_000 }, (_, nth) =>
    emit(customerUpdated, { customerId, about: customerId, data: { changes: [], source: `bench ${nth}` } }),
  ),
];

const spread = (ids: string[]) =>
  Array.from({ length: sample.searches }, (_, nth) => Math.floor((nth * ids.length) / sample.searches));

/** each kind of search over people of the crowd, and the view of each */
const samplesOf = async (bare: Bare, ctx: Ctx, ids: string[], say: (line: string) => void) => {
  const samples = new Map<string, Sample[]>();
  for (const { name, typed } of kinds) {
    say(`${name}, ${ids.length} customers`);
    const found: Sample[] = [];
    for (const nth of spread(ids)) {
      const q = typed(oneOf(nth), nth);
      if (q) found.push(await timed(bare, searchFor(q, ctx), { id: ids[nth]!, name: displayName(oneOf(nth)) }));
    }
    samples.set(name, found);
  }
  const views: Sample[] = [];
  for (const nth of spread(ids)) views.push(await timed(bare, viewOf(ids[nth]!, ctx), { id: ids[nth]! }));
  samples.set('single view', views);
  const id = ids[0]!;
  return samples.set(heavyView, [await timed(bare, viewOf(id, ctx), { id })]);
};

const share = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? Number.NaN;

const summed = (samples: Sample[]) => {
  const of = (name: 'ms' | 'calls' | 'read') => samples.map(sample => sample[name]);
  const found = samples.filter(({ found }) => found).length;
  return {
    p50: share(of('ms'), 0.5),
    p95: share(of('ms'), 0.95),
    calls: Math.max(...of('calls')),
    read: of('read').reduce((sum, read) => sum + read, 0) / samples.length,
    mostRead: Math.max(...of('read')),
    found: (100 * found) / samples.length,
  };
};

type Summary = ReturnType<typeof summed>;

/** what a search may cost at most, whatever the text and the number of customers */
const most = { calls: 60, read: 200, slower: 1.5 };

const budgetsOf = (all: Map<number, Map<string, Summary>>): Budget[] => {
  const sizes = [...all.keys()];
  const [few, many] = [all.get(sizes[0]!)!, all.get(sizes.at(-1)!)!];
  const label = sizes.at(-1)!.toLocaleString('en');
  const each = [...all.values()].flatMap(one => [...one.values()]);
  const missed = kinds.flatMap(({ name, finds }) =>
    finds
      ? [...all].map(([size, one]) => ({
          name: `not found by ${name}, of ${size.toLocaleString('en')}`,
          limit: 100 - finds,
          found: round(100 - one.get(name)!.found, 1),
          unit: '%',
        }))
      : [],
  );
  const slower = [...many].map(([name, { p95 }]) => p95 / few.get(name)!.p95);
  return [
    {
      name: 'store calls of a search',
      limit: most.calls,
      found: Math.max(...each.map(({ calls }) => calls)),
      unit: 'calls',
    },
    {
      name: 'read of a search',
      limit: most.read,
      found: Math.max(...each.map(({ mostRead }) => mostRead)),
      unit: 'RU',
    },
    {
      name: `p95 of the searches, ${label} over ${sizes[0]!.toLocaleString('en')}, middle kind`,
      limit: most.slower,
      found: round(share(slower, 0.5), 2),
      unit: 'times',
    },
    {
      name: heavyView,
      limit: 2,
      found: Math.max(...[...all.values()].map(one => one.get(heavyView)!.calls)),
      unit: 'store calls',
    },
    ...missed,
  ];
};

/** How long a search takes and what it reads, of few customers and of many. */
export const measureSearch = async (_: string, say: (line: string) => void, { large }: { large: boolean }) => {
  const sizes = large ? [1_000, 100_000] : [1_000, 10_000];
  const bare = await bareStore();
  const all = new Map<number, Map<string, Summary>>();
  try {
    const ctx = ctxOf({ tenant: 'bench', actor: 'bench', now, scopes: new Set(['customers.confidential']) });
    const settings = await settingsOf(ctx.store);
    const ids: string[] = [];
    const heavy = () => pour(bare.engine, 'bench', burden(ids[0]!));
    for (const size of sizes) {
      while (ids.length < size) {
        say(`${ids.length} of ${size} customers`);
        const more = crowd(now, settings, { from: ids.length, to: Math.min(size, ids.length + 1_000) });
        pour(
          bare.engine,
          'bench',
          more.flatMap(({ changes }) => changes),
        );
        ids.push(...more.map(({ customer }) => customer.id));
      }
      if (size === sizes[0]) heavy();
      const samples = await samplesOf(bare, ctx, ids, say);
      all.set(size, new Map([...samples].map(([name, found]) => [name, summed(found)])));
    }
  } finally {
    await bare.close();
  }
  const table: Table = {
    title: 'Search',
    note: [
      `First pages of 25, ${sample.searches} of each kind, each the quickest of ${sample.times}, by the product’s own use case in this process on the engine; ms as`,
      'of this machine. `calls` is the most, `RU` the mean and the most of the kind, both exact. `found` is how many of a hundred have the',
      'person who was meant on the first page, or a page full of others of the very same name.',
    ].join('\n'),
    head: ['search', 'customers', 'p50 ms', 'p95 ms', 'calls', 'RU', 'most RU', 'found %'],
    rows: [...all.values()][0]
      ? [...[...all.values()][0]!.keys()].flatMap(name =>
          [...all].map(([size, one]) => {
            const { p50, p95, calls, read, mostRead, found } = one.get(name)!;
            return [name, size, round(p50, 1), round(p95, 1), calls, round(read, 1), mostRead, round(found, 1)];
          }),
        )
      : [],
  };
  return { table, budgets: budgetsOf(all) };
};

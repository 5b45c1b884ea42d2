import { madeAt } from '../../events/ids.ts';
import { computedOf } from '../customers/attributes/definitions.ts';
import { customers } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Job } from '../shared/jobs/job.ts';
import type { Work } from '../shared/jobs/work.ts';
import { plus } from '../shared/time/duration.ts';
import { going } from './begin.ts';
import { fill, type Run } from './fill.ts';
import { tallies } from './tally.ts';

/** customers looked at in a slice, customers gone through at a time, and how often: each time a page of a timeline */
const most = { listed: 80, abreast: 10, rounds: 8 };

/** by then every request that began before the definition has ended, and lists show what it wrote */
const stragglersAfter = 'PT1M';

/** when customers are gone through again, where that was stopped */
const againAfter = 'PT1H';

type Input = { attribute?: string; customers?: string[]; adoptedSince?: string };

/** the customers at hand, each with the sort key of its timeline to go on after, and the place on the list of all */
type At = { pass: number; left: { id: string; after: string | null }[]; list: string | null; ended: boolean };

const runOf = async ({ id, input }: Job, { store }: Ctx): Promise<Run> => {
  const { attribute, adoptedSince } = input as Input;
  const all = computedOf(await settingsOf(store));
  // a definition that was changed since has a job of its own
  const definitions = attribute ? all.filter(({ job }) => job === id) : all;
  return { run: id, definitions, ...(adoptedSince ? { adoptedSince } : {}) };
};

/** those of a page of all customers that are not gone through yet; who came later has no history from before */
const listed = async ({ id, input }: Job, { list }: At, { store }: Ctx) => {
  const { attribute = '' } = input as Input;
  const page = await store.list(customers, 'all', 'all', { limit: most.listed, cursor: list ?? undefined });
  const keys = page.items.map(one => ({ customerId: one.id, attribute }));
  const kept = new Map((await store.getAll(tallies, keys)).map(tally => [tally.customerId as string, tally]));
  const left = page.items.filter(customer => {
    const tally = kept.get(customer.id);
    if (!tally) return customer.createdAt <= madeAt(id);
    return tally.of < id || (tally.run === id && !tally.filled);
  });
  return { left: left.map(one => ({ id: one.id as string, after: null })), list: page.nextCursor };
};

const first = ({ customers: some }: Input): At => ({
  pass: some ? 2 : 1,
  left: (some ?? []).map(id => ({ id, after: null })),
  list: null,
  ended: some !== undefined,
});

const goneThrough = async (left: At['left'], run: Run, ctx: Ctx): Promise<At['left']> => {
  const [some, others] = [left.slice(0, most.abreast), left.slice(most.abreast)];
  const reached = await Promise.all(
    some.map(async one => ({ ...one, after: await fill(one.id, one.after, run, ctx) })),
  );
  return [...reached.filter(({ after }) => after !== null), ...others];
};

/** Computes the values of an attribute for all customers, or all computed values of some, from their timelines. */
export const computeWork: Work = {
  async slice(job, ctx) {
    const run = await runOf(job, ctx);
    if (!run.definitions.length) return { cursor: null };
    const at = (job.cursor as At | null) ?? first(job.input as Input);
    let [{ left }, { list, ended }] = [at, at];
    if (!left.length && !ended) {
      const page = await listed(job, at, ctx);
      [left, list, ended] = [page.left, page.list, page.list === null];
    }
    const before = left.length;
    for (let round = 0; round < most.rounds && left.length; round++) left = await goneThrough(left, run, ctx);
    const counts = { customers: before - left.length };
    if (left.length || !ended) return { cursor: { ...at, left, list, ended }, counts };
    if (at.pass === 2) return { cursor: null, counts };
    return { cursor: { pass: 2, left: [], list: null, ended: false }, at: plus(ctx.now, stragglersAfter), counts };
  },
  // of a definition that was stopped its state says so; nothing would say that a customer's values stand still
  left({ input }, ctx) {
    const { customers: some, adoptedSince } = input as Input;
    if (!some) return [];
    return going(ctx, { customers: some, ...(adoptedSince ? { adoptedSince } : {}) }, plus(ctx.now, againAfter));
  },
};

import { erasureFinished } from '../../../events/erasure.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import { revive } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';
import { carryOut } from './carry-out.ts';
import { coveredOf } from './covered.ts';
import { type Erasure, erasures, tallyOf } from './erasure.ts';
import { begin } from './everywhere.ts';
import { anyInUse } from './in-use.ts';
import { keptOf } from './kept.ts';
import { type Visit, visits } from './visit.ts';

/** pages gone through in a slice */
const pages = 40;

/** when the files of jobs that run are looked at again */
const busyFor = 'PT1M';

/** by then whoever had the customer in hand is done, and whoever remembered it has forgotten */
const stragglersAfter = 'PT10M';

type At = {
  /** the customer is gone through until nothing more is found, at least twice */
  round: number;
  found: number;
  /** it was done once; what came in at the very same time is looked for */
  late?: boolean;
};

const nextVisit = async ({ id }: Erasure, { store }: Ctx): Promise<Visit | undefined> => {
  const { items } = await store.partition(['erasing', id], { limit: 1, upwards: true });
  return items[0] && revive(visits, items[0]);
};

const finished = async (erasure: Erasure, { now, store }: Ctx): Promise<Change[]> => {
  const [tally, kept] = await Promise.all([store.counters(tallyOf(erasure.id)), keptOf(erasure, store)]);
  const covered = coveredOf(tally, kept);
  const counts = Object.fromEntries(covered.map(({ area, what, count }) => [`${area} ${what}`, count]));
  const after = updated(now, erasure, { state: 'done', finishedAt: erasure.finishedAt ?? now, covered });
  return [update(erasures, erasure, after), emit(erasureFinished, { about: erasure.id, data: { counts } })];
};

const over = async (at: At, erasure: Erasure, ctx: Ctx): Promise<Sliced> => {
  const { now } = ctx;
  if (await anyInUse(ctx)) return { cursor: { ...at, round: 0 }, at: plus(now, busyFor) };
  if (at.round < 2 || at.found) {
    await begin(erasure, ctx);
    return { cursor: { ...at, round: at.round + 1, found: 0 } };
  }
  const changes = await finished(erasure, ctx);
  if (at.late) return { cursor: null, changes };
  return { cursor: { round: 0, found: 0, late: true }, at: plus(now, stragglersAfter), changes };
};

/** Goes through all that is kept of an erased customer, place by place; what is found there may lead to further places. */
export const eraseWork: Work = {
  async slice({ input, cursor }: Job, ctx) {
    const { erasureId } = input as { erasureId: string };
    const erasure = await ctx.store.need(erasures, { id: erasureId });
    const at: At = { round: 0, found: 0, ...(cursor as At | null) };
    for (let page = 0; page < pages; page++) {
      const visit = await nextVisit(erasure, ctx);
      if (!visit) return over(at, erasure, ctx);
      at.found += await carryOut(visit, erasure, ctx);
    }
    return { cursor: at };
  },
};

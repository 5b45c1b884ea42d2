import { erasureFinished } from '../../../events/erasure.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import { revive } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';
import { coverageOf } from './coverage.ts';
import { eraseAt } from './erase-at.ts';
import { type Erasure, erasures, tallyOf } from './erasure.ts';
import { type PendingLocation, pendingLocations } from './location.ts';
import { addLocations, anyInUse } from './locations.ts';

const pages = 40;

/** when files in use by running jobs are covered again */
const retryAfter = 'PT1M';

/** by then every request that had read the customer has ended, and every cache is empty */
const lateAfter = 'PT10M';

type Progress = {
  /** all locations are covered until nothing more is found, at least twice */
  round: number;
  found: number;
  /** it is done; what came in at the same time is looked for */
  late?: boolean;
};

const nextLocation = async ({ id }: Erasure, { store }: Ctx): Promise<PendingLocation | undefined> => {
  const { items } = await store.partition(['erasing', id], { limit: 1, upwards: true });
  return items[0] && revive(pendingLocations, items[0]);
};

const finished = async (erasure: Erasure, { now, store }: Ctx): Promise<Change[]> => {
  const covered = await coverageOf(erasure, await store.counters(tallyOf(erasure.id)), store);
  const counts = Object.fromEntries(covered.map(({ area, what, count }) => [`${area} ${what}`, count]));
  const after = updated(now, erasure, { state: 'done', finishedAt: erasure.finishedAt ?? now, covered });
  return [update(erasures, erasure, after), emit(erasureFinished, { about: erasure.id, data: { counts } })];
};

const endRound = async (at: Progress, erasure: Erasure, ctx: Ctx): Promise<Sliced> => {
  const { now } = ctx;
  if (await anyInUse(ctx)) return { cursor: { ...at, round: 0 }, at: plus(now, retryAfter) };
  if (at.round < 2 || at.found) {
    await addLocations(erasure, ctx);
    return { cursor: { ...at, round: at.round + 1, found: 0 } };
  }
  const changes = await finished(erasure, ctx);
  if (at.late) return { cursor: null, changes };
  return { cursor: { round: 0, found: 0, late: true }, at: plus(now, lateAfter), changes };
};

/** Erases the data of a customer location by location; what is found may lead to further locations. */
export const eraseWork: Work = {
  async slice({ input, cursor }: Job, ctx) {
    const { erasureId } = input as { erasureId: string };
    const erasure = await ctx.store.need(erasures, { id: erasureId });
    const at: Progress = { round: 0, found: 0, ...(cursor as Progress | null) };
    for (let page = 0; page < ctx.perSlice(pages); page++) {
      const location = await nextLocation(erasure, ctx);
      if (!location) return endRound(at, erasure, ctx);
      at.found += await eraseAt(location, erasure, ctx);
    }
    return { cursor: at };
  },
};

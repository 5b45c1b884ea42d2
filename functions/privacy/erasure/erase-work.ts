import { erasureFinished } from '../../../events/erasure.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Sliced, Work } from '../../shared/jobs/work.ts';
import { type Change, emit, update, updated } from '../../shared/store/changes.ts';
import type { FiledAt } from '../../shared/store/customer-records.ts';
import { recordPage } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { plus } from '../../shared/time/duration.ts';
import { eraseAt } from './erase-at.ts';
import { type Erasure, erasures, tallyOf } from './erasure.ts';
import { type PendingLocation, pendingLocations } from './location.ts';
import { addLocations, anyInUse } from './locations.ts';
import { areaOf, listedByCustomer, areas as recordAreas } from './personal-entities.ts';

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

const nextLocation = async ({ id }: Erasure, { store }: Ctx): Promise<PendingLocation | undefined> =>
  (await recordPage(store, pendingLocations, ['erasing', id], { limit: 1, upwards: true })).items[0];

const otherAreas = ['timeline', 'search', 'replies', 'files'];

/** queues are not changed: their consumers look for the customer first */
const queues = { area: 'queues', what: 'pending work finds no customer', count: 0 };

/** How many records of an erased customer remain, by area: without personal data. */
const remaining = async ({ customerId, merged }: Erasure, store: Store): Promise<Record<string, number>> => {
  const found = new Map<string, string>();
  for (const id of [customerId, ...merged]) {
    let after: FiledAt | undefined;
    do {
      const page = await store.filedItems(id, { kinds: listedByCustomer, limit: 100, after });
      for (const { pk, sk, kind } of page.items) found.set(`${pk} ${sk}`, areaOf(kind as string) ?? 'other');
      after = page.after;
    } while (after);
  }
  const byArea = Object.entries(Object.groupBy([...found.values()], area => area));
  return Object.fromEntries(byArea.map(([area, all = []]) => [area, all.length]));
};

const coverageOf = async (
  erasure: Erasure,
  removed: Record<string, number>,
  store: Store,
): Promise<Erasure['covered']> => {
  const anonymised = await remaining(erasure, store);
  const areas = [...new Set([...otherAreas, ...recordAreas, ...Object.keys(removed)])];
  const covered = areas.flatMap(area => [
    { area, what: 'removed', count: removed[area] ?? 0 },
    { area, what: 'anonymised', count: anonymised[area] ?? 0 },
  ]);
  return [...covered.filter(({ what, count }) => count || what === 'removed'), queues];
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

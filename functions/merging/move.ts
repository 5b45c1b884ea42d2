import { anew } from '../computed-attributes/begin.ts';
import { faultOf, log } from '../shared/aws/log.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Work } from '../shared/jobs/work.ts';
import { update, updated } from '../shared/store/changes.ts';
import { isConflict } from '../shared/store/retry-on-conflict.ts';
import { plus } from '../shared/time/duration.ts';
import { type Merger, mergers } from './merger.ts';
import { movingNow, stragglersAfter } from './moving-job.ts';
import { type At, rehome, type Step } from './rehome.ts';
import { takeBack } from './take-back.ts';

/** A way that what belongs to a customer goes: while it is on it, and when it has arrived. */
type Way = {
  under: Merger['state'];
  arrived: Merger['state'];
  /** whose timelines are others by then */
  of: (merger: Merger) => string[];
  go: (merger: Merger, at: At | null, ctx: Ctx) => Promise<Step>;
};

export const ways = {
  merge: { under: 'moving', arrived: 'merged', of: ({ into }) => [into], go: rehome },
  unmerge: { under: 'unmerging', arrived: 'unmerged', of: ({ into, from }) => [into, from], go: takeBack },
} as const satisfies Record<string, Way>;

/** so many pages are moved within the request that asks for it: as much as most customers have */
const atOnce = 8;

const arrive = async (merger: Merger, { arrived: state, of }: Way, ctx: Ctx) => {
  const arrived = updated(ctx.now, merger, { state });
  await ctx.store.commit([update(mergers, merger, arrived), ...(await anew(ctx, of(merger)))]);
  return arrived;
};

/**
 * Moves what belongs to a customer right away, so that what is read after the reply is whole. Of a long history the rest is left
 * to the job that began with the merger; so is all of it when others are in the way. Gives the merger as it is then.
 */
export const moveNow = async (way: keyof typeof ways, merger: Merger, ctx: Ctx) => {
  const { go } = ways[way];
  try {
    let at: At | null = null;
    for (let page = 0; page < atOnce; page++) {
      at = (await go(merger, at, ctx)).next;
      if (!at) return await arrive(merger, ways[way], ctx);
    }
    await ctx.store.commit([movingNow(way, merger)]);
  } catch (error) {
    // what was asked for is done and cannot be refused any more; the job does the rest in some minutes
    if (!isConflict(error)) log('warn', 'moving is left to the job', { merger: merger.id, ...faultOf(error) });
  }
  return merger;
};

type Input = { into: string; from: string; id: string };

/**
 * The same as a job, which takes up where a request left off. A merger that has arrived is gone through once more: what was
 * filed under the old id meanwhile follows.
 */
export const moveWork = (way: keyof typeof ways): Work => ({
  async slice({ input, cursor }, ctx) {
    const { under, arrived, go, of }: Way = ways[way];
    const merger = await ctx.store.get(mergers, input as Input);
    const again = way === 'merge' && merger?.state === arrived;
    if (!merger || (merger.state !== under && !again)) return { cursor: null };
    const { next: at, counts } = await go(merger, cursor as At | null, ctx);
    if (again) return { cursor: at, counts, changes: counts.events ? await anew(ctx, of(merger)) : [] };
    if (at) return { cursor: at, counts };
    await arrive(merger, ways[way], ctx);
    if (way === 'unmerge') return { cursor: null, counts };
    return { cursor: { area: 0, after: null }, at: plus(ctx.now, stragglersAfter), counts };
  },
});

import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { env } from '../../shared/aws/env.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { storedUntil } from '../../shared/jobs/job.ts';
import type { SliceCtx } from '../../shared/jobs/work.ts';
import { insert } from '../../shared/store/changes.ts';
import type { Paging } from '../../shared/store/store.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { members } from '../list.ts';
import type { Walk } from './bulk.ts';
import { type Plan, plans } from './bulk-log.ts';

const customersPerSlice = 200;

type Id = StoredCustomer['id'];

const pageOf = async (
  walk: Walk,
  paging: Paging,
  { store }: Ctx,
): Promise<{ ids: Id[]; nextCursor: string | null }> => {
  if (walk.of === 'list') {
    const { items, nextCursor } = await store.list(members, 'list', walk.listId, paging);
    return { ids: items.map(({ customerId }) => customerId), nextCursor };
  }
  const { items, nextCursor } = await store.list(customers, 'all', 'all', paging);
  return { ids: items.map(({ id }) => id), nextCursor };
};

export const sliceOf = async (
  { id, slice }: Job,
  walk: Walk,
  cursor: string | undefined,
  ctx: SliceCtx,
): Promise<Plan> => {
  const jobId = id as Plan['jobId'];
  const stored = await ctx.store.get(plans, { jobId, slice });
  if (stored) return stored;
  // chosen customers were planned when the job began
  if (walk.of === 'chosen') throw new Error(`slice ${slice} of ${id} was never planned`);
  const { ids, nextCursor } = await pageOf(walk, { limit: ctx.perSlice(customersPerSlice), cursor }, ctx);
  const plan: Plan = { jobId, slice, ids, next: nextCursor, until: storedUntil(ctx.now) };
  try {
    return await ctx.store.commit([insert(plans, plan)], plan);
  } catch (error) {
    const planned = error instanceof VersionConflict && (await ctx.store.get(plans, { jobId, slice }));
    if (!planned) throw error;
    return planned;
  }
};

export const slicesOf = (now: string, jobId: Plan['jobId'], ids: Id[]): Plan[] => {
  const size = env.slice(customersPerSlice);
  const slices = Math.max(1, Math.ceil(ids.length / size));
  return Array.from({ length: slices }, (_, slice) => ({
    jobId,
    slice,
    ids: ids.slice(slice * size, (slice + 1) * size),
    next: slice + 1 < slices ? String(slice + 1) : null,
    until: storedUntil(now),
  }));
};

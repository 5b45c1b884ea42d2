import type { Change } from '../../shared/changes.ts';
import type { Ctx } from '../../shared/context.ts';
import type { StoredCustomer } from '../customer.ts';
import { mayMerge } from './may-merge.ts';
import { decideMerge } from './merge.ts';
import type { Choices } from './merge-profiles.ts';
import { moveNow } from './move.ts';

type Asked = {
  /** ids of the customer that stays, and of the one that is merged into it */
  into: string;
  from: string;
  choices?: Choices;
  /** what speaks for it, in words */
  why: string[];
  /** what else belongs into the one transaction */
  with?: Change[];
};

/**
 * Merges two customers and moves what belongs to the one to the other, the first hundreds of it before this returns. Refuses
 * what cannot be merged (see may-merge.ts). `reply` is what the caller will be told.
 */
export const mergeNow = async <R>(
  ctx: Ctx,
  asked: Asked,
  reply?: (customer: StoredCustomer) => R,
): Promise<R | undefined> => {
  const pair = await mayMerge(ctx, asked.into, asked.from);
  const { customer, merger, changes } = decideMerge(ctx, { ...asked, ...pair });
  const told = await ctx.store.commit([...changes, ...(asked.with ?? [])], reply?.(customer));
  await moveNow('merge', merger, ctx);
  return told;
};

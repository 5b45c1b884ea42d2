import type { Ctx } from '../../shared/http/context.ts';
import { type Days, overlap } from '../days.ts';
import type { End, Side } from '../end.ts';
import { kinAt } from '../kin.ts';

/** the type of relationship that makes accounts a tree */
export const parentType = 'parent';

/** a hierarchy is looked at this far from where one stands, up or down */
export const mostDepth = 20;

const along = (ctx: Pick<Ctx, 'store'>, customerId: string, side: Side, days: Days): Promise<End[]> =>
  kinAt(ctx, { customerId, type: parentType, keep: end => end.side === side && overlap(end, days) });

/** the parents of an account in some days: one at a time */
export const parentsOf = (ctx: Pick<Ctx, 'store'>, customerId: string, days: Days) =>
  along(ctx, customerId, 'from', days);

export const childrenOf = (ctx: Pick<Ctx, 'store'>, customerId: string, days: Days) =>
  along(ctx, customerId, 'to', days);

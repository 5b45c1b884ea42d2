import type * as z from 'zod';
import type { CustomerId } from '../../events/ids.ts';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { visitors } from '../tracking/visitor.ts';
import { subscriptions } from './contract.ts';
import { settle } from './settle.ts';

/** State decides, not the event: again, late or out of order it comes to the same. */
export const settleVisits: Reaction<typeof subscriptions.settleVisits> = async (
  { type, customerId, about, data },
  ctx,
) => {
  const affected = type === 'visit.due' ? data : { from: null, to: null };
  if (customerId) {
    const visitor = { customerId: customerId as z.output<typeof CustomerId>, visitor: null };
    return settle(visitor, customerId, affected, ctx);
  }
  const unknown = await ctx.store.get(visitors, { id: about });
  if (!unknown) return; // it was erased
  const [, visitor] = unknownPartition(unknown.identity);
  await settle({ customerId: null, visitor }, about, affected, ctx);
};

export const reaction = consume('settleVisits', subscriptions.settleVisits, settleVisits, { once: false });

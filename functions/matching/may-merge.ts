import { activeCustomer } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { type Merger, mergerOf, mergersInto } from '../merging/merger.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';

const isUnderWay = ({ state }: Merger) => state === 'moving' || state === 'unmerging';

const underWay = () =>
  new ApiError('conflict', 'merge.under-way', 'what belongs to this customer is still being moved; try again', {
    retryAfter: 2,
  });

/** so many latest mergers of a customer are looked at */
const looked = 100;

/** Both customers of a merger; refuses where there is none, one was erased, or `from` was merged away already. */
export const mayMerge = async ({ store }: Pick<Ctx, 'store'>, into: string, from: string) => {
  const [stays, goes] = await Promise.all([activeCustomer(store, into), store.get(customers, { id: from })]);
  if (!goes) throw new ApiError('missing', 'customer.not-found', 'there is no such customer as `from`');
  if (goes.erasedAt) throw new ApiError('gone', 'customer.erased', 'the customer in `from` was erased on request');
  if (goes.mergedInto) {
    const extra = { into: goes.mergedInto };
    throw new ApiError('conflict', 'merge.already-merged', `the customer in \`from\` was merged already`, { extra });
  }
  const [before, own] = await Promise.all([mergerOf(store, into, from), mergersInto(store, from, { limit: looked })]);
  if ((before && isUnderWay(before)) || own.items.some(isUnderWay)) throw underWay();
  return { into: stays, from: goes };
};

/** Both customers of a merger that is to be taken back, and the merger; refuses with the reason why not. */
export const mayUnmerge = async ({ store }: Pick<Ctx, 'store'>, into: string, from: string) => {
  const [stays, goes] = await Promise.all([activeCustomer(store, into), store.get(customers, { id: from })]);
  if (!goes) throw new ApiError('missing', 'customer.not-found', 'there is no such customer as `from`');
  if (goes.erasedAt) throw new ApiError('gone', 'customer.erased', 'the customer in `from` was erased on request');
  if (!goes.mergedInto) {
    throw new ApiError('conflict', 'unmerge.not-merged', 'the customer in `from` is not merged into any other');
  }
  if (goes.mergedInto !== into) {
    const message = `the customer in \`from\` was merged into ${goes.mergedInto}: take that one out first, then it out of that one`;
    throw new ApiError('conflict', 'unmerge.merged-elsewhere', message, { extra: { into: goes.mergedInto } });
  }
  const merger = await mergerOf(store, into, from);
  if (merger?.state !== 'merged') throw underWay();
  return { into: stays, from: goes, merger };
};

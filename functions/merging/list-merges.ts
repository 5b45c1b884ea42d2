import { activeCustomer } from '../customers/active-customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { mergeRoutes } from './merge-routes.ts';
import { type Merger, mergersInto } from './merger.ts';

/** why a merger cannot be taken back, or null where it can */
const keptFor: Record<Merger['state'], string | null> = {
  moving: 'what belongs to the other is still being moved',
  merged: null,
  unmerging: 'it is being taken back',
  unmerged: 'it was taken back',
};

export const listMerges: Handler<typeof mergeRoutes.listMerges> = async ({ params: { id = '' }, query }, ctx) => {
  const { store } = ctx;
  const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(store, id)]);
  const { items, nextCursor } = await mergersInto(store, id, query);
  return {
    items: items.map(({ before, ...merger }) => ({
      ...merger,
      was: redact(before.from, hidden),
      unmergeable: keptFor[merger.state] === null,
      reason: keptFor[merger.state],
    })),
    nextCursor,
  };
};

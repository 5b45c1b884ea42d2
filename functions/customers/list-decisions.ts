import type { Handler } from '../shared/http/contract.ts';
import { decisions } from '../shared/store/decision.ts';
import { revive } from '../shared/store/entity.ts';
import type { routes } from './contract.ts';
import { activeCustomer } from './living.ts';
import { hiddenFrom, shownReason } from './shown.ts';

export const listDecisions: Handler<typeof routes.listDecisions> = async ({ params: { id = '' }, query }, ctx) => {
  const { store } = ctx;
  const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(store, id)]);
  const { items, nextCursor } = await store.range(['decision', id], query);
  const told = items.map(item => revive(decisions, item));
  return {
    items: told.map(one => ({ ...one, reasons: one.reasons.map(reason => shownReason(reason, hidden)) })),
    nextCursor,
  };
};

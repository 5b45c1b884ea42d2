import type { UseCase } from '../shared/contract.ts';
import { decisions } from '../shared/decision.ts';
import { revive } from '../shared/entity.ts';
import type { routes } from './contract.ts';
import { living } from './living.ts';

export const listDecisions: UseCase<typeof routes.listDecisions> = async (
  { params: { id = '' }, query },
  { store },
) => {
  await living(store, id);
  const { items, nextCursor } = await store.range(['decision', id], query);
  return { items: items.map(item => revive(decisions, item)), nextCursor };
};

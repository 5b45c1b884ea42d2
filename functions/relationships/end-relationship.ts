import { relationshipEnded } from '../../events/relationship.ts';
import type { Handler } from '../shared/http/contract.ts';
import { needPair, toldBoth, updateBoth } from './both-ends.ts';
import { mustBeInOrder } from './days.ts';
import { mustStandAlone } from './kin.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

export const endRelationship: Handler<typeof relationshipRoutes.endRelationship> = async (
  { params: { id = '' }, body: { until } },
  ctx,
) => {
  const before = await needPair(ctx.store, id);
  if (before.from.until === until) return before.from;
  const { after, changes } = updateBoth(ctx.now, before, { until });
  mustBeInOrder(after.from);
  // an end further on than it was may run into the next one
  await mustStandAlone(ctx, after.from);
  return ctx.store.commit([...changes, ...toldBoth(relationshipEnded, after)], after.from);
};

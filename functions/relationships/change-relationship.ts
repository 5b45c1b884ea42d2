import { relationshipChanged } from '../../events/relationship.ts';
import type { Handler } from '../shared/http/contract.ts';
import { patched } from '../shared/patched.ts';
import { mustBeNoCycle } from './accounts/must-be-no-cycle.ts';
import { fieldsOf, needPair, toldBoth, unprimed, updateBoth } from './both-ends.ts';
import { mustBeInOrder } from './days.ts';
import { RelationshipFields } from './end.ts';
import { mustStandAlone } from './kin.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

export const changeRelationship: Handler<typeof relationshipRoutes.changeRelationship> = async (
  { params: { id = '' }, body },
  ctx,
) => {
  const before = await needPair(ctx.store, id);
  const fields = patched(RelationshipFields, before.from, body);
  mustBeInOrder(fields);
  const { after, changes } = updateBoth(ctx.now, before, fieldsOf(fields));
  await Promise.all([mustStandAlone(ctx, after.from), mustBeNoCycle(ctx, after.from)]);
  const others = after.from.primary && !before.from.primary ? await unprimed(ctx, after.from) : [];
  return ctx.store.commit([...changes, ...others, ...toldBoth(relationshipChanged, after)], after.from);
};

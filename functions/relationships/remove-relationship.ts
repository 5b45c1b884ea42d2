import { relationshipRemoved } from '../../events/relationship.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { remove } from '../shared/store/changes.ts';
import { needPair, toldBoth } from './both-ends.ts';
import { ends } from './end.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

export const removeRelationship: Handler<typeof relationshipRoutes.removeRelationship> = async (
  { params: { id = '' } },
  { store },
) => {
  const pair = await needPair(store, id);
  const changes = [remove(ends, pair.from), remove(ends, pair.to), ...toldBoth(relationshipRemoved, pair)];
  return store.commit(changes, new Reply(200, pair.from));
};

import type { Handler } from '../shared/http/contract.ts';
import { needPair } from './both-ends.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

export const readRelationship: Handler<typeof relationshipRoutes.readRelationship> = async (
  { params: { id = '' } },
  { store },
) => (await needPair(store, id)).from;

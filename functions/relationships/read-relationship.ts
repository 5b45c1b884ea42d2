import type { UseCase } from '../shared/http/contract.ts';
import { needPair } from './both-ends.ts';
import type { relationshipRoutes } from './relationship-routes.ts';

export const readRelationship: UseCase<typeof relationshipRoutes.readRelationship> = async (
  { params: { id = '' } },
  { store },
) => (await needPair(store, id)).from;

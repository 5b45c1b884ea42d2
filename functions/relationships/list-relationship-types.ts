import type { Handler } from '../shared/http/contract.ts';
import type { relationshipRoutes } from './relationship-routes.ts';
import { builtIn, declaredTypes } from './relationship-type.ts';

export const listRelationshipTypes: Handler<typeof relationshipRoutes.listRelationshipTypes> = async (_, { store }) => {
  const declared = await declaredTypes(store);
  const items = [
    ...builtIn.map(type => ({ ...type, builtIn: true })),
    ...declared.map(type => ({ ...type, builtIn: false })),
  ];
  return { items, nextCursor: null };
};

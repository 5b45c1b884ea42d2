import * as z from 'zod';
import { relationshipTypeChanged } from '../../events/relationship.ts';
import { Slug } from '../shared/fields.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { emit } from '../shared/store/changes.ts';
import { putRecord } from '../shared/store/records.ts';
import { tooManyTypes, typeBuiltIn } from './errors.ts';
import { relationshipTypeRoutes } from './relationship-routes.ts';
import { builtIn, declaredTypes, mostTypes, relationshipTypes } from './relationship-type.ts';

export const relationshipTypeHandlers = handlers(relationshipTypeRoutes, {
  listRelationshipTypes: async (_, { store }) => {
    const declared = await declaredTypes(store);
    const items = [
      ...builtIn.map(type => ({ ...type, builtIn: true })),
      ...declared.map(type => ({ ...type, builtIn: false })),
    ];
    return { items, nextCursor: null };
  },
  putRelationshipType: async ({ params, body }, { now, store }) => {
    const { name } = parse(z.object({ name: Slug }), params);
    if (builtIn.some(type => type.name === name)) throw typeBuiltIn();
    const declared = await declaredTypes(store);
    if (declared.length >= mostTypes && !declared.some(type => type.name === name)) throw tooManyTypes();
    const { label, inverseLabel } = body;
    const changes = () => [emit(relationshipTypeChanged, { about: name, data: { label, inverseLabel } })];
    return putRecord(relationshipTypes, { name }, { name, ...body }, { now, store, changes });
  },
});

import { relationshipTypeChanged } from '../../events/relationship.ts';
import { Slug } from '../shared/fields.ts';
import { ApiError, invalid } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { fieldErrors } from '../shared/http/parse.ts';
import { created, emit, insert, update, updated } from '../shared/store/changes.ts';
import type { relationshipRoutes } from './relationship-routes.ts';
import { builtIn, declaredTypes, mostTypes, type RelationshipType, relationshipTypes } from './relationship-type.ts';

/** a name that is the company's to give */
const freeName = (given: string) => {
  const name = Slug.safeParse(given);
  if (!name.success) throw invalid(fieldErrors(name.error.issues, ['name']));
  if (!builtIn.some(type => type.name === name.data)) return name.data;
  throw new ApiError('conflict', 'relationship-type.built-in', 'what this one means is the same for everybody');
};

export const putRelationshipType: Handler<typeof relationshipRoutes.putRelationshipType> = async (
  { params, body },
  { now, store },
) => {
  const name = freeName(params.name ?? '');
  const { label, inverseLabel } = body;
  const told = emit(relationshipTypeChanged, { about: name, data: { label, inverseLabel } });
  const before = await store.get(relationshipTypes, { name });
  if (before) {
    const { version, createdAt, updatedAt } = before;
    const after: RelationshipType = updated(now, { name, ...body, version, createdAt, updatedAt }, {});
    return store.commit([update(relationshipTypes, before, after), told], after);
  }
  if ((await declaredTypes(store)).length >= mostTypes) {
    throw new ApiError('conflict', 'relationship-type.too-many', `there are ${mostTypes} kinds already`);
  }
  const type: RelationshipType = created(now, { name, ...body });
  return store.commit([insert(relationshipTypes, type), told], new Reply(201, type));
};

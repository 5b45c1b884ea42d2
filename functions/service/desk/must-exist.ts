import { invalid } from '../../shared/http/api-error.ts';
import type { Entity } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';

/** refuses a field that names a record there is not */
export const mustExist = async <T>(store: Store, entity: Entity<T, { id: string }>, path: string, id?: string) => {
  if (id && !(await store.get(entity, { id }))) throw invalid([{ path, message: `there is no ${entity.kind} ${id}` }]);
};

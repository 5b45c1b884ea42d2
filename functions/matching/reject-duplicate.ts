import type { Handler } from '../shared/http/contract.ts';
import { rejectPair } from './decide-pair.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { openDuplicate } from './open-duplicate.ts';

export const rejectDuplicate: Handler<typeof duplicateRoutes.rejectDuplicate> = async (
  { params: { id = '' } },
  { now, actor, store },
) => {
  const { duplicate: before, a, b } = await openDuplicate(store, id);
  const { duplicate, changes } = rejectPair(now, before, { pair: [a, b], by: actor });
  return store.commit(changes, duplicate);
};

import type { Handler } from '../shared/http/contract.ts';
import { duplicates } from './duplicate.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';

export const listDuplicates: Handler<typeof duplicateRoutes.listDuplicates> = (
  { query: { state, ...paging } },
  { store },
) => store.list(duplicates, 'state', state, paging);

import type { UseCase } from '../shared/http/contract.ts';
import { duplicates } from './duplicate.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';

export const listDuplicates: UseCase<typeof duplicateRoutes.listDuplicates> = (
  { query: { state, ...paging } },
  { store },
) => store.list(duplicates, 'state', state, paging);

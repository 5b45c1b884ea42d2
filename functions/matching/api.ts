import { serve } from '../shared/http/serve.ts';
import { acceptDuplicate } from './accept-duplicate.ts';
import { changeMatchingSettings } from './change-matching-settings.ts';
import { routes } from './contract.ts';
import { listDuplicates } from './list-duplicates.ts';
import { listDuplicatesOf } from './list-duplicates-of.ts';
import { readDuplicate } from './read-duplicate.ts';
import { readMatchingSettings } from './read-matching-settings.ts';
import { rejectDuplicate } from './reject-duplicate.ts';
import { searchDuplicates } from './search-duplicates.ts';

export const handler = serve(routes, {
  readMatchingSettings,
  changeMatchingSettings,
  listDuplicates,
  readDuplicate,
  listDuplicatesOf,
  acceptDuplicate,
  rejectDuplicate,
  searchDuplicates,
});

import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listPeople } from './list-people.ts';
import { searchTexts } from './search-texts.ts';

export const handler = serve(routes, { listPeople, searchTexts });

import { serve } from '../shared/serve.ts';
import { routes } from './contract.ts';
import { searchTexts } from './search-texts.ts';

export const handler = serve(routes, { searchTexts });

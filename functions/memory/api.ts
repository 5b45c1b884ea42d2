import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listStaffContacts } from './list-staff-contacts.ts';
import { searchTexts } from './search-texts.ts';

export const handler = serve(routes, { listStaffContacts, searchTexts });

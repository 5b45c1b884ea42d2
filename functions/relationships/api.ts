import { serve } from '../shared/http/serve.ts';
import { accountHandlers } from './accounts.ts';
import { routes } from './contract.ts';
import { relationshipTypeHandlers } from './relationship-types.ts';
import { relationshipHandlers } from './relationships.ts';

export const handler = serve(routes, { ...accountHandlers, ...relationshipHandlers, ...relationshipTypeHandlers });

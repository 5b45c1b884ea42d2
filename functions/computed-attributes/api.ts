import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listAttributes } from './list-attributes.ts';
import { putAttribute } from './put-attribute.ts';
import { readAttribute } from './read-attribute.ts';
import { removeAttribute } from './remove-attribute.ts';

export const handler = serve(routes, { listAttributes, readAttribute, putAttribute, removeAttribute });

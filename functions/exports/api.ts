import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { createExport } from './create-export.ts';
import { listExports } from './list-exports.ts';
import { readExport } from './read-export.ts';

export const handler = serve(routes, { createExport, listExports, readExport });

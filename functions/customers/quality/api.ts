import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { listFixes } from './list-fixes.ts';
import { previewCleaning } from './preview-cleaning.ts';

export const handler = serve(routes, { listFixes, previewCleaning });

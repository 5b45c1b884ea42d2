import { serve } from '../../shared/serve.ts';
import { routes } from './contract.ts';
import { createImport } from './create-import.ts';
import { listImports } from './list-imports.ts';
import { previewImport } from './preview-import.ts';
import { readImport } from './read-import.ts';
import { startImport } from './start-import.ts';

export const handler = serve(routes, { createImport, listImports, readImport, previewImport, startImport });

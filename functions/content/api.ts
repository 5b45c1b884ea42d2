import { serve } from '../shared/http/serve.ts';
import { changeTemplate } from './change-template.ts';
import { routes } from './contract.ts';
import { createTemplate } from './create-template.ts';
import { listTemplates } from './list-templates.ts';
import { previewTemplate } from './preview-template.ts';
import { readTemplate } from './read-template.ts';

export const handler = serve(routes, { changeTemplate, createTemplate, listTemplates, previewTemplate, readTemplate });

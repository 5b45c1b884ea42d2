import { serve } from '../shared/http/serve.ts';
import { knowledgeHandlers } from './answers.ts';
import { routes } from './contract.ts';
import { helpHandlers, helpSettingsHandlers } from './help/help-pages.ts';

export const handler = serve(routes, { ...knowledgeHandlers, ...helpHandlers, ...helpSettingsHandlers });

import { serve } from '../shared/serve.ts';
import { activateTrigger } from './activate-trigger.ts';
import { changeTemplate } from './change-template.ts';
import { changeTrigger } from './change-trigger.ts';
import { routes } from './contract.ts';
import { createTemplate } from './create-template.ts';
import { createTrigger } from './create-trigger.ts';
import { listTemplates } from './list-templates.ts';
import { listTriggers } from './list-triggers.ts';
import { pauseTrigger } from './pause-trigger.ts';
import { previewTemplate } from './preview-template.ts';
import { readTemplate } from './read-template.ts';
import { readTrigger } from './read-trigger.ts';
import { replayTrigger } from './replay-trigger.ts';

export const handler = serve(routes, {
  createTemplate,
  listTemplates,
  readTemplate,
  changeTemplate,
  previewTemplate,
  createTrigger,
  listTriggers,
  readTrigger,
  changeTrigger,
  activateTrigger,
  pauseTrigger,
  replayTrigger,
});

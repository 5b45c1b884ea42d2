import { serve } from '../shared/http/serve.ts';
import { activateTrigger } from './activate-trigger.ts';
import { changeTrigger } from './change-trigger.ts';
import { routes } from './contract.ts';
import { createTrigger } from './create-trigger.ts';
import { listTriggers } from './list-triggers.ts';
import { pauseTrigger } from './pause-trigger.ts';
import { readTrigger } from './read-trigger.ts';
import { replayTrigger } from './replay-trigger.ts';

export const handler = serve(routes, {
  activateTrigger,
  changeTrigger,
  createTrigger,
  listTriggers,
  pauseTrigger,
  readTrigger,
  replayTrigger,
});

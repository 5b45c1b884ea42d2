import type { Reaction } from '../../shared/contract.ts';
import { listen } from '../../shared/listen.ts';
import { taskIsDue } from './activities/task-is-due.ts';
import { assetIsDue } from './assets/asset-is-due.ts';
import { hears } from './contract.ts';
import { invoiceIsDue } from './finance/invoice-is-due.ts';

/** Timers are never taken back: whoever hears one looks at what it was set for. */
export const actOnDue: Reaction<typeof hears.actOnDue> = async ({ about, ...heard }, ctx) => {
  if (heard.type === 'task.due') await taskIsDue(about, heard.data, ctx);
  else if (heard.type === 'asset.due') await assetIsDue(about, heard.data, ctx);
  else await invoiceIsDue(about, heard.data, ctx);
};

export const handler = listen('actOnDue', hears.actOnDue, actOnDue);

import { filesOf } from '../shared/aws/files.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';

/** A file that is gone already is gone. */
export const clearFiles: Reaction<typeof subscriptions.clearFiles> = async ({ data: { files } }, { tenant }) => {
  for (const path of files) await filesOf(tenant).remove(path);
};

export const handler = consume('clearFiles', subscriptions.clearFiles, clearFiles, { once: false });

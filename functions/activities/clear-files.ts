import { filesOf } from '../shared/aws/files.ts';
import { listen } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { hears } from './contract.ts';

/** A file that is gone already is gone. */
export const clearFiles: Reaction<typeof hears.clearFiles> = async ({ data: { files } }, { tenant }) => {
  for (const path of files) await filesOf(tenant).remove(path);
};

export const handler = listen('clearFiles', hears.clearFiles, clearFiles, { once: false });

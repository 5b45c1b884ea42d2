import { filesOfCase } from '../service/cases/case.ts';
import { filesOf } from '../shared/aws/files.ts';
import { consume } from '../shared/events/consume.ts';
import { remove } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { received } from './received.ts';

const removeFolder = async (tenant: string, folder: string) => {
  const files = filesOf(tenant);
  let paths: string[];
  do {
    ({ paths } = await files.list(folder));
    for (const path of paths) await files.remove(path);
  } while (paths.length);
};

export const reaction = consume(
  'discardMessages',
  subscriptions.discardMessages,
  async ({ about }, { tenant, store }) => {
    const found = about.startsWith('inb_') ? await store.get(received, { id: about as never }) : undefined;
    // it was released, and is part of a case now
    if (found?.caseId) return;
    await removeFolder(tenant, filesOfCase(about));
    if (found) await store.commit([remove(received, found)]);
  },
  { once: false }, // what is removed already stays removed
);

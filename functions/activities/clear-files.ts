import { filesOf } from '../shared/aws/files.ts';
import { consume } from '../shared/events/consume.ts';
import { subscriptions } from './contract.ts';

export const reaction = consume(
  'clearFiles',
  subscriptions.clearFiles,
  async ({ data: { files } }, { tenant }) => {
    for (const path of files) await filesOf(tenant).remove(path);
  },
  { once: false }, // removing a file again changes nothing
);

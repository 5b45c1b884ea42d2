import { consume } from '../shared/events/consume.ts';
import { subscriptions } from './contract.ts';
import { messages } from './message.ts';
import { releaseEmail } from './providers.ts';

export const reaction = consume(
  'releaseAddress',
  subscriptions.releaseAddress,
  async ({ about }, { store }) => {
    const message = await store.get(messages, { id: about });
    if (message) await releaseEmail(message);
  },
  { once: false },
);

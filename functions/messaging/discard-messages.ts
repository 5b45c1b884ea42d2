import { retentionRun } from '../customers/retention-settings.ts';
import { consume } from '../shared/events/consume.ts';
import { add } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { subscriptions } from './contract.ts';
import { contents, type Message, messages, requests } from './message.ts';

const page = 100;
const mostPages = 20;

const placesOf = ({ id }: Message) => [messages.key({ id }), contents.key({ id }), requests.key({ id })];

const discardOf = async (customerId: string, before: string, store: Store, dryRun: boolean) => {
  let count = 0;
  let cursor: string | null | undefined;
  for (let nth = 0; nth < mostPages && cursor !== null; nth++) {
    const paging = { limit: page, upwards: true, cursor: cursor ?? undefined };
    const { items, nextCursor } = await store.list(messages, 'customer', customerId, paging);
    const old = items.filter(({ createdAt }) => createdAt < before);
    if (!dryRun) await store.discard(old.flatMap(placesOf));
    count += old.length;
    // the oldest come first
    cursor = old.length < items.length ? null : nextCursor;
  }
  return count;
};

export const reaction = consume(
  'discardMessages',
  subscriptions.discardMessages,
  async ({ about, data }, { store }) => {
    const { customerIds, messagesBefore, dryRun } = data;
    if (!messagesBefore) return;
    let count = 0;
    for (const id of customerIds) count += await discardOf(id, messagesBefore, store, dryRun);
    if (count) await store.commit([add(retentionRun(about), { messages: count })]);
  },
);

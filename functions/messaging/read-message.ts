import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { contents, messages } from './message.ts';

export const readMessage: Handler<typeof routes.readMessage> = async ({ params: { id = '' } }, { store }) => {
  const [message, content] = await Promise.all([store.need(messages, { id }), store.get(contents, { id })]);
  return { ...message, content: content ?? null };
};

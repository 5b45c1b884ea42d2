import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { messages } from './message.ts';

export const listMessages: Handler<typeof routes.listMessages> = ({ query }, { store }) => {
  const { customerId, state, ...paging } = query;
  if (!customerId) return store.list(messages, 'state', state ?? '', paging);
  return store.list(messages, 'customer', customerId, {
    ...paging,
    ...(state ? { keep: message => message.state === state } : {}),
  });
};

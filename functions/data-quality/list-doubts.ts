import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { doubts } from './hygiene/doubt.ts';

export const listDoubts: Handler<typeof routes.listDoubts> = ({ query: { rule, ...paging } }, { store }) =>
  store.list(doubts, 'open', rule, paging);

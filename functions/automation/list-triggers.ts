import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { triggers } from './trigger.ts';

export const listTriggers: Handler<typeof routes.listTriggers> = ({ query: { state, ...paging } }, { store }) =>
  state ? store.list(triggers, 'state', state, paging) : store.list(triggers, 'all', 'all', paging);

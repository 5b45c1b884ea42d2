import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { triggers } from './trigger.ts';

export const listTriggers: UseCase<typeof routes.listTriggers> = ({ query: { state, ...paging } }, { store }) =>
  state ? store.list(triggers, 'state', state, paging) : store.list(triggers, 'all', 'all', paging);

import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { proposals } from './proposal.ts';

export const listProposals: Handler<typeof routes.listProposals> = ({ query: { state, ...paging } }, { store }) =>
  store.list(proposals, 'state', state, paging);

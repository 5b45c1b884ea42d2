import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { proposals } from './proposal.ts';

export const listProposals: UseCase<typeof routes.listProposals> = ({ query: { state, ...paging } }, { store }) =>
  store.list(proposals, 'state', state, paging);

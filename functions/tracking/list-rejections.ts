import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { rejections } from './rejection.ts';

export const listRejections: Handler<typeof routes.listRejections> = ({ query }, { store }) =>
  store.list(rejections, 'all', 'all', query);

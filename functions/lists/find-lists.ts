import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { lists, maySee } from './list.ts';

export const findLists: Handler<typeof routes.findLists> = ({ query }, ctx) =>
  ctx.store.list(lists, 'all', 'all', { ...query, keep: list => maySee(list, ctx) });

import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { lists, maySee } from './list.ts';

export const findLists: UseCase<typeof routes.findLists> = ({ query }, ctx) =>
  ctx.store.list(lists, 'all', 'all', { ...query, keep: list => maySee(list, ctx) });

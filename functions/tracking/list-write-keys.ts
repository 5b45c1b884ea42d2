import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { writeKeys } from './write-key.ts';

export const listWriteKeys: Handler<typeof routes.listWriteKeys> = ({ query }, { store }) =>
  store.list(writeKeys, 'all', 'all', query);

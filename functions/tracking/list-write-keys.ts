import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { writeKeys } from './write-key.ts';

export const listWriteKeys: UseCase<typeof routes.listWriteKeys> = ({ query }, { store }) =>
  store.list(writeKeys, 'all', 'all', query);

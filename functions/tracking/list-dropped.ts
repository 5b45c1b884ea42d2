import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { droppedLately } from './dropped.ts';

export const listDropped: UseCase<typeof routes.listDropped> = async ({ query }, { store }) => ({
  items: await droppedLately(query.days, store),
});

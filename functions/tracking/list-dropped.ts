import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { droppedLately } from './dropped.ts';

export const listDropped: Handler<typeof routes.listDropped> = async ({ query }, { store }) => ({
  items: await droppedLately(query.days, store),
});

import { mergeRoutes } from './merge-routes.ts';

export const about = 'Two records of one customer are merged, and taken apart again.';

export const routes = { ...mergeRoutes };

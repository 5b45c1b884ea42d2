import { mergeRoutes } from './merge-routes.ts';

export const about = 'Two records of one customer: found, judged, merged, and taken apart again.';

export const routes = { ...mergeRoutes };

import { work } from '../shared/http/contract.ts';
import { mergeRoutes } from './merge-routes.ts';

export const about = 'Two records of one customer are merged, and taken apart again.';

export const routes = { ...mergeRoutes };

export const works = {
  merge: work('moves the records of a merged customer'),
  unmerge: work('moves records back to an unmerged customer'),
};

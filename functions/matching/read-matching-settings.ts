import type { Handler } from '../shared/http/contract.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { matchingRules } from './settings.ts';

export const readMatchingSettings: Handler<typeof duplicateRoutes.readMatchingSettings> = (_, { store }) =>
  matchingRules(store);

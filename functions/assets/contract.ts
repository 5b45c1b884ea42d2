import { assetDue } from '../../events/asset.ts';
import { on } from '../shared/http/contract.ts';
import { assetRoutes } from './asset-routes.ts';

export const about = 'What a customer owns: products, warranties, plans, readings.';

export const routes = { ...assetRoutes };

export const subscriptions = {
  actOnDue: on([assetDue], 'looks at an asset of which a date has come'),
};

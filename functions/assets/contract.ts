import { assetDue } from '../../events/asset.ts';
import { hear } from '../shared/http/contract.ts';
import { assetRoutes } from './asset-routes.ts';

export const about = 'What a customer owns: products, warranties, plans, readings.';

export const routes = { ...assetRoutes };

export const hears = {
  actOnDue: hear([assetDue], 'looks at an asset of which a date has come'),
};

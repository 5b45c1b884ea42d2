import { assetDue } from '../../events/asset.ts';
import { on } from '../shared/http/contract.ts';
import { assetRoutes, readingRoutes } from './asset-routes.ts';

export const about = 'Items that customers own, with their warranties, service plans and meter readings.';

export const routes = { ...assetRoutes, ...readingRoutes };

export const subscriptions = {
  actOnDue: on([assetDue], 'reports an end of warranty or a service day when it comes'),
};

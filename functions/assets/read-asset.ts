import type { Handler } from '../shared/http/contract.ts';
import { assets } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';

export const readAsset: Handler<typeof assetRoutes.readAsset> = ({ params: { id = '' } }, { store }) =>
  store.need(assets, { id });

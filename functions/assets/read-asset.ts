import type { UseCase } from '../shared/http/contract.ts';
import { assets } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';

export const readAsset: UseCase<typeof assetRoutes.readAsset> = ({ params: { id = '' } }, { store }) =>
  store.need(assets, { id });

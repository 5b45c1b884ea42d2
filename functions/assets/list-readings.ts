import type { Handler } from '../shared/http/contract.ts';
import { revive } from '../shared/store/entity.ts';
import { assets, readingParts, readings } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';

export const listReadings: Handler<typeof assetRoutes.listReadings> = async (
  { params: { id = '' }, query },
  { store },
) => {
  await store.need(assets, { id });
  const { items, nextCursor } = await store.range(['asset', id], { ...query, within: readingParts });
  return { items: items.map(item => revive(readings, item)), nextCursor };
};

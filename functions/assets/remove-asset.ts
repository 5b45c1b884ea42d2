import { assetRemoved } from '../../events/asset.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { emit, remove } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { assets, readingParts, readings, told } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';

/** an asset goes with its readings, in one transaction */
const mostReadings = 50;

export const removeAsset: Handler<typeof assetRoutes.removeAsset> = async ({ params: { id = '' } }, { store }) => {
  const before = await store.need(assets, { id });
  const { items, last } = await store.partition(['asset', id], { limit: mostReadings, within: readingParts });
  if (last) {
    const message = `an asset that was read ${mostReadings} times was had; say that it is sold or scrapped`;
    throw new ApiError('conflict', 'asset.has-history', message);
  }
  const { customerId } = before;
  return store.commit(
    [
      remove(assets, before),
      ...items.map(item => remove(readings, revive(readings, item))),
      emit(assetRemoved, { customerId, about: id, data: told(before) }),
    ],
    new Reply(200, before),
  );
};

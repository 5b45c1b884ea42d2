import { assetChanged } from '../../events/asset.ts';
import type { Handler } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { patched } from '../shared/patched.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { AssetFields, assets, type StoredAsset, told } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';
import { vinChecks } from './vin.ts';
import { watched } from './watch-asset.ts';

export const changeAsset: Handler<typeof assetRoutes.changeAsset> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(assets, { id });
  const { status = 'active', ...fields } = patched(AssetFields, before, body);
  const changes = differences(patched(AssetFields, before, {}), { ...fields, status });
  if (!changes.length) return before;
  const { customerId, usage, warrantyTold, version, createdAt, updatedAt } = before;
  const kept = { id: before.id, customerId, usage, warrantyTold, version, createdAt, updatedAt };
  const checks = fields.vin ? { vinChecks: vinChecks(fields.vin) } : {};
  const changed: StoredAsset = updated(now, { ...kept, ...fields, ...checks, status }, {});
  const { asset, timers } = watched(now, changed, before);
  return store.commit(
    [
      update(assets, before, asset),
      emit(assetChanged, { customerId, about: id, data: { ...told(asset), changes } }),
      ...timers,
    ],
    asset,
  );
};

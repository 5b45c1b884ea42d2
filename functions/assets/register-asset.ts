import { assetRegistered } from '../../events/asset.ts';
import { newId } from '../../events/ids.ts';
import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import { assets, readings, type StoredAsset, told } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';
import { mustHaveBeenRead } from './may-read.ts';
import { vinChecks } from './vin.ts';
import { watched } from './watch-asset.ts';

export const registerAsset: Handler<typeof assetRoutes.registerAsset> = async ({ body }, { now, actor, store }) => {
  const { status = 'active', usage, ...fields } = body;
  if (usage) mustHaveBeenRead(now, usage.readOn, ['usage', 'readOn']);
  const { id: customerId } = await needCustomer(store, body.customerId);
  const registered: StoredAsset = created(now, {
    ...fields,
    customerId,
    id: newId('asset', now),
    status,
    ...(usage ? { usage } : {}),
    ...(fields.vin ? { vinChecks: vinChecks(fields.vin) } : {}),
  });
  const { asset, timers } = watched(now, registered);
  const { id: assetId } = asset;
  const reading = usage && { ...usage, id: newId('reading', now), assetId, corrects: false, by: actor };
  const changes = [
    insert(assets, asset),
    emit(assetRegistered, { customerId, about: assetId, data: told(asset) }),
    ...(reading ? [insert(readings, reading)] : []),
    ...timers,
  ];
  return store.commit(changes, asset);
};

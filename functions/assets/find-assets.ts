import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { type Asset, assets, serialKey } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';

export const findAssets: Handler<typeof assetRoutes.findAssets> = async ({ query }, { store }) => {
  const { customerId, serial, vin, status, ...paging } = query;
  const keep = (found: Asset) => !status || found.status === status;
  if ([customerId, serial, vin].filter(given => given !== undefined).length !== 1) {
    throw invalid([{ path: 'customerId', message: 'ask by one of customerId, serial and vin' }]);
  }
  if (customerId) {
    const { id } = await needCustomer(store, customerId);
    return store.belonging(assets, id, { ...paging, keep });
  }
  const holder = vin && (await store.holder(assets, 'vin', vin));
  const { items: ids, nextCursor } = vin
    ? { items: holder ? [holder] : [], nextCursor: null }
    : await store.lookup(assets, 'serial', serialKey(serial ?? ''), paging);
  const found = await store.getAll(
    assets,
    ids.map(id => ({ id })),
  );
  return { items: found.filter(keep), nextCursor };
};

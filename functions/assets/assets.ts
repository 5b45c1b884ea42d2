import { assetChanged, assetRegistered, assetRemoved, assetTransferred } from '../../events/asset.ts';
import { newId } from '../../events/ids.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { changeById, fieldsOf, merged, readById } from '../shared/store/records.ts';
import { type Asset, AssetFields, assets, readingParts, readings, type StoredAsset, serialKey } from './asset.ts';
import { assetRoutes } from './asset-routes.ts';
import { assetHasHistory, assetScrapped, sameOwner } from './errors.ts';
import { mustBePast } from './readings.ts';
import { vinChecks } from './vin.ts';
import { watchAsset } from './watch-asset.ts';

/** an asset is deleted with its readings, in one transaction */
const mostReadings = 50;

/** a service plan keeps its start date when the owner changes */
const fixedPlan = ({ servicePlan: plan, acquiredOn, createdAt }: StoredAsset): Partial<StoredAsset> =>
  plan ? { servicePlan: { ...plan, lastOn: plan.lastOn ?? acquiredOn ?? createdAt.slice(0, 10) } } : {};

export const assetHandlers = handlers(assetRoutes, {
  registerAsset: async ({ body: { status = 'active', usage, ...fields } }, { now, actor, store }) => {
    if (usage) mustBePast(now, usage.readOn, 'usage.readOn');
    const { id: customerId } = await needCustomer(store, fields.customerId);
    const id = newId('asset', now);
    const registered: StoredAsset = created(now, {
      ...fields,
      customerId,
      id,
      status,
      usage,
      vinChecks: fields.vin ? vinChecks(fields.vin) : undefined,
    });
    const { asset, timers } = watchAsset(now, registered);
    const reading = usage && { ...usage, id: newId('reading', now), assetId: id, corrects: false, by: actor };
    const first = reading ? [insert(readings, reading)] : [];
    return store.commit([insert(assets, asset), eventOf(assetRegistered, asset), ...first, ...timers], asset);
  },
  findAssets: async ({ query: { customerId, serial, vin, status, ...paging } }, { store }) => {
    const keep = (asset: Asset) => !status || asset.status === status;
    if ([customerId, serial, vin].filter(given => given !== undefined).length !== 1) {
      throw invalid([{ path: 'customerId', message: 'give exactly one of customerId, serial and vin' }]);
    }
    if (customerId) {
      const { id } = await needCustomer(store, customerId);
      return store.belonging(assets, id, { ...paging, keep });
    }
    const holder = vin && (await store.holder(assets, 'vin', vin));
    const { items, nextCursor } = vin
      ? { items: holder ? [holder] : [], nextCursor: null }
      : await store.lookup(assets, 'serial', serialKey(serial ?? ''), paging);
    return { items: (await store.getByIds(assets, items)).filter(keep), nextCursor };
  },
  listMyAssets: async ({ query }, ctx) => ctx.store.belonging(assets, (await callingCustomer(ctx)).id, query),
  readAsset: readById(assets),
  changeAsset: changeById(assets, (before, patch: object, { now }) => {
    const after = merged(now, AssetFields, before, patch);
    if (!after) return { after: before, changes: [] };
    const changed = { ...after, vinChecks: after.vin ? vinChecks(after.vin) : undefined };
    const { asset, timers } = watchAsset(now, changed, before);
    const changes = differences(fieldsOf(AssetFields, before), fieldsOf(AssetFields, asset));
    return {
      after: asset,
      changes: [update(assets, before, asset), eventOf(assetChanged, asset, { changes }), ...timers],
    };
  }),
  removeAsset: changeById(assets, async (asset, _, { store }) => {
    const { items, last } = await store.partition(['asset', asset.id], { limit: mostReadings, within: readingParts });
    if (last) throw assetHasHistory();
    const removed = items.map(item => remove(readings, revive(readings, item)));
    return { after: asset, changes: [remove(assets, asset), ...removed, eventOf(assetRemoved, asset)] };
  }),
  transferAsset: changeById(assets, async (before, body, { now, store }) => {
    const { id: to } = await needCustomer(store, body.to);
    const { customerId: from, status } = before;
    if (from === to) throw sameOwner();
    if (status === 'scrapped') throw assetScrapped();
    const on = body.on ?? now.slice(0, 10);
    const owned = { customerId: to, acquiredOn: on, status: 'active' as const };
    const { asset, timers } = watchAsset(now, updated(now, before, { ...fixedPlan(before), ...owned }), before);
    const events = [from, to].map(customerId => eventOf(assetTransferred, { ...asset, customerId }, { from, to, on }));
    return { after: asset, changes: [update(assets, before, asset), ...timers, ...events] };
  }),
});

import { type assetDue, serviceDue, warrantyEnding } from '../../events/asset.ts';
import type { DataOf } from '../../events/define.ts';
import type { Ctx } from '../shared/http/context.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { assets, type StoredAsset, told } from './asset.ts';
import { watched } from './watch-asset.ts';

const warranty = async (asset: StoredAsset, on: string, { now, store }: Ctx) => {
  const { id: about, customerId } = asset;
  if (asset.warranty?.until !== on || asset.warrantyTold === on) return;
  await store.commit([
    update(assets, asset, updated(now, asset, { warrantyTold: on })),
    emit(warrantyEnding, { customerId, about, data: { ...told(asset), until: on } }),
  ]);
};

const service = async (asset: StoredAsset, on: string, { now, store }: Ctx) => {
  const { id: about, customerId, servicePlan } = asset;
  if (!servicePlan || asset.serviceOn !== on) return;
  const { asset: after, timers } = watched(now, asset, asset);
  await store.commit([
    update(assets, asset, updated(now, after, {})),
    emit(serviceDue, { customerId, about, data: { ...told(asset), plan: servicePlan.name, on, why: 'time' } }),
    ...timers,
  ]);
};

/** tells whoever has the asset by now, if it is in use and still has the warranty or plan that the timer was set for */
export const assetIsDue = async (id: string, { what, on }: DataOf<typeof assetDue>, ctx: Ctx) => {
  const asset = await ctx.store.get(assets, { id });
  if (asset?.status !== 'active') return;
  await (what === 'warranty' ? warranty : service)(asset, on, ctx);
};

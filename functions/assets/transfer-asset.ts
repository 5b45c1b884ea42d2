import { assetTransferred } from '../../events/asset.ts';
import { needCustomer } from '../customers/reads.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { assets, type StoredAsset, told } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';
import { watched } from './watch-asset.ts';

/** its plan goes on counting from where it began */
const counted = ({ servicePlan: plan, acquiredOn, createdAt }: StoredAsset): Partial<StoredAsset> =>
  plan ? { servicePlan: { ...plan, lastOn: plan.lastOn ?? acquiredOn ?? createdAt.slice(0, 10) } } : {};

/** The asset and its readings go; what happened with it stays where it happened. */
export const transferAsset: Handler<typeof assetRoutes.transferAsset> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const [before, { id: to }] = await Promise.all([store.need(assets, { id }), needCustomer(store, body.to)]);
  const { customerId: from, status } = before;
  if (from === to) throw new ApiError('conflict', 'asset.same-owner', 'this customer has it already');
  if (status === 'scrapped') throw new ApiError('conflict', 'asset.scrapped', 'there is nothing left to hand over');
  const on = body.on ?? now.slice(0, 10);
  const handedOver = updated(now, before, { ...counted(before), customerId: to, acquiredOn: on, status: 'active' });
  const { asset: after, timers } = watched(now, handedOver, before);
  const data = { ...told(after), from, to, on };
  return store.commit(
    [
      update(assets, before, after),
      ...timers,
      ...[from, to].map(customerId => emit(assetTransferred, { customerId, about: id, data })),
    ],
    after,
  );
};

import { readingRecorded, serviceDue } from '../../events/asset.ts';
import { newId } from '../../events/ids.ts';
import type { Handler } from '../shared/http/contract.ts';
import { type Change, emit, insert, update, updated } from '../shared/store/changes.ts';
import { assets, readings, type StoredAsset, told } from './asset.ts';
import type { assetRoutes } from './asset-routes.ts';
import { mustHaveBeenRead, mustRunOn } from './may-read.ts';

/** tells when the plan's next interval of usage has begun with a reading */
const serviceByUsage = (before: StoredAsset, { id: about, customerId, ...asset }: StoredAsset): Change[] => {
  const { servicePlan: plan, usage } = asset;
  if (!plan?.everyUsage || !usage || asset.status !== 'active') return [];
  const since = plan.lastUsage ?? 0;
  const nth = (value: number) => Math.floor((value - since) / (plan.everyUsage ?? 1));
  if (nth(usage.value) < 1 || nth(usage.value) <= nth(before.usage?.value ?? since)) return [];
  const data = {
    ...told({ id: about, customerId, ...asset }),
    plan: plan.name,
    on: usage.readOn,
    why: 'usage' as const,
  };
  return [emit(serviceDue, { customerId, about, data })];
};

export const recordReading: Handler<typeof assetRoutes.recordReading> = async (
  { params: { id = '' }, body },
  { now, actor, store },
) => {
  const { corrects = false, readOn = now.slice(0, 10), ...amount } = body;
  const read = { ...amount, readOn };
  mustHaveBeenRead(now, readOn, ['readOn']);
  const before = await store.need(assets, { id });
  if (!corrects) await mustRunOn(store, before, read);
  const was = before.usage;
  const latest = !was || readOn >= was.readOn;
  const after = updated(now, before, latest ? { usage: read } : {});
  const { customerId, name } = after;
  const reading = { ...read, id: newId('reading', now), assetId: after.id, corrects, by: actor };
  const changes = [
    insert(readings, reading),
    update(assets, before, after),
    emit(readingRecorded, { customerId, about: id, data: { name, reading: read, was, corrects } }),
    ...(corrects ? [] : serviceByUsage(before, after)),
  ];
  return store.commit(changes, after);
};

import { readingRecorded, serviceDue } from '../../events/asset.ts';
import { newId } from '../../events/ids.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { recordPage } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { type Asset, assets, type Reading, readingParts, readings, type StoredAsset } from './asset.ts';
import { readingRoutes } from './asset-routes.ts';

/** rejects a day that has not begun in any time zone */
export const mustBePast = (now: string, readOn: string, path: string) => {
  const latest = new Date(Date.parse(now) + 14 * 3_600_000).toISOString().slice(0, 10);
  if (readOn > latest) throw invalid([{ path, message: 'is in the future' }]);
};

type Value = Pick<Reading, 'value' | 'unit' | 'readOn'>;

/** A meter only counts up: a value lies between those of the readings before and after its day. */
const mustCountUp = async (store: Store, { id, usage }: Asset, { value, unit, readOn }: Value) => {
  if (usage && usage.unit !== unit) {
    throw invalid([{ path: 'unit', message: `is not the unit of the asset's readings, ${usage.unit}` }]);
  }
  const nearest = async (within: { from: string; to: string }, upwards: boolean): Promise<Reading | undefined> => {
    const { items } = await store.partition(['asset', id], { limit: 1, within, upwards });
    return items[0] && revive(readings, items[0]);
  };
  const [before, after] = await Promise.all([
    nearest({ from: 'reading#', to: `reading#${readOn}#~` }, false),
    nearest({ from: `reading#${readOn}#~`, to: 'reading$' }, true),
  ]);
  const contradicts = (comparison: string, other: Reading) => {
    const reading = `the reading of ${other.readOn}, ${other.value} ${other.unit}`;
    return invalid([{ path: 'value', message: `is ${comparison} than ${reading}; send \`corrects\` if it is right` }]);
  };
  if (before && value < before.value) throw contradicts('less', before);
  if (after && value > after.value) throw contradicts('more', after);
};

/** due when a reading begins another interval of usage of the plan */
const serviceByUsage = (before: StoredAsset, asset: StoredAsset): Change[] => {
  const { servicePlan: plan, usage, status } = asset;
  if (!plan?.everyUsage || !usage || status !== 'active') return [];
  const since = plan.lastUsage ?? 0;
  const nth = (value: number) => Math.floor((value - since) / (plan.everyUsage ?? 1));
  if (nth(usage.value) < 1 || nth(usage.value) <= nth(before.usage?.value ?? since)) return [];
  return [eventOf(serviceDue, asset, { plan: plan.name, on: usage.readOn, why: 'usage' })];
};

export const readingHandlers = handlers(readingRoutes, {
  recordReading: async ({ params: { id = '' }, body }, { now, actor, store }) => {
    const { corrects = false, readOn = now.slice(0, 10), ...amount } = body;
    const usage = { ...amount, readOn };
    mustBePast(now, readOn, 'readOn');
    const before = await store.need(assets, { id });
    if (!corrects) await mustCountUp(store, before, usage);
    const isLatest = !before.usage || readOn >= before.usage.readOn;
    const asset = updated(now, before, isLatest ? { usage } : {});
    const reading: Reading = { ...usage, id: newId('reading', now), assetId: asset.id, corrects, by: actor };
    const changes = [
      insert(readings, reading),
      update(assets, before, asset),
      eventOf(readingRecorded, asset, { reading: usage, was: before.usage, corrects }),
      ...(corrects ? [] : serviceByUsage(before, asset)),
    ];
    return store.commit(changes, asset);
  },
  listReadings: async ({ params: { id = '' }, query }, { store }) => {
    await store.need(assets, { id });
    return recordPage(store, readings, ['asset', id], { ...query, within: readingParts });
  },
});

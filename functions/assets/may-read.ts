import type * as z from 'zod';
import { invalid } from '../shared/http/api-error.ts';
import { revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { type Asset, type Reading, readings, type Usage } from './asset.ts';

type Read = z.output<typeof Usage>;

/** refuses a reading of a day to come, by any clock on earth */
export const mustHaveBeenRead = (now: string, readOn: string, path: string[]) => {
  const latest = new Date(Date.parse(now) + 14 * 3_600_000).toISOString().slice(0, 10);
  if (readOn > latest) throw invalid([{ path: path.join('.'), message: 'is a day to come' }]);
};

/** the readings before and after a day, the nearest of each, where there are any */
const neighbours = async (store: Store, { id }: Asset, { readOn }: Read) => {
  const nearest = async (within: { from: string; to: string }, upwards: boolean): Promise<Reading | undefined> => {
    const { items } = await store.partition(['asset', id], { limit: 1, within, upwards });
    return items[0] && revive(readings, items[0]);
  };
  return Promise.all([
    nearest({ from: 'reading#', to: `reading#${readOn}#~` }, false),
    nearest({ from: `reading#${readOn}#~`, to: 'reading$' }, true),
  ]);
};

/** Meters run one way: what was read lies between what was read before and after. */
export const mustRunOn = async (store: Store, asset: Asset, read: Read) => {
  const { usage } = asset;
  if (usage && usage.unit !== read.unit)
    throw invalid([{ path: 'unit', message: `is not the unit of this asset's readings, ${usage.unit}` }]);
  const [before, after] = await neighbours(store, asset, read);
  const say = (other: Reading) =>
    `${other.value} ${other.unit}, read on ${other.readOn}; say \`corrects\` if it is right`;
  if (before && read.value < before.value) throw invalid([{ path: 'value', message: `is less than ${say(before)}` }]);
  if (after && read.value > after.value) throw invalid([{ path: 'value', message: `is more than ${say(after)}` }]);
};

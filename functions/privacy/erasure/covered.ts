import type { Erasure } from './erasure.ts';
import { areas as recordAreas } from './rules.ts';

/** areas that are gone through beside those of records */
const beside = ['timeline', 'search', 'replies', 'files'];

/** nothing is taken out of a queue: whoever gets it looks for the customer first */
const queues = { area: 'queues', what: 'what was under way found nobody', count: 0 };

/** What was covered, area by area, also where nothing was found. */
export const coveredOf = (removed: Record<string, number>, kept: Record<string, number>): Erasure['covered'] => {
  const areas = [...new Set([...beside, ...recordAreas, ...Object.keys(removed)])];
  const told = areas.flatMap(area => [
    { area, what: 'removed', count: removed[area] ?? 0 },
    { area, what: 'kept without the person', count: kept[area] ?? 0 },
  ]);
  return [...told.filter(({ what, count }) => count || what === 'removed'), queues];
};

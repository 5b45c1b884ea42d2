import { erasing } from '../../../erasing.ts';
import type { Erasure } from './erasure.ts';

/** areas that are gone through beside those of records */
const beside = ['timeline', 'search', 'queues', 'replies', 'files'];

const removed = 'removed';

/** What was covered, area by area, also where nothing was found. */
export const coveredOf = (tally: Record<string, number>): Erasure['covered'] => {
  const areas = [...beside, ...Object.keys(erasing)];
  const found = Object.entries(tally).map(([name, count]) => {
    const [area = '', what = ''] = name.split('#');
    return { area, what, count };
  });
  const none = areas.filter(area => !found.some(one => one.area === area));
  const all = [...found, ...none.map(area => ({ area, what: removed, count: 0 }))];
  const place = ({ area }: { area: string }) => (areas.includes(area) ? areas.indexOf(area) : areas.length);
  return all.sort((a, b) => place(a) - place(b) || (a.what < b.what ? -1 : 1));
};

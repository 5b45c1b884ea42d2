import { branchesOf, exactStrings } from '../patterns/branches.ts';
import { leavesAt } from '../patterns/match.ts';
import { behaviourKey, everything } from './interest.ts';

const mostKeys = 100;
export const mostKeyBytes = 1000;

/**
 * The keys to file a pattern under: event types (`order.completed`), for tracked behaviour with its name
 * (`tracked.track/Product Viewed`, `tracked.track/*`), or `*` where the pattern names no types. At most 100.
 */
export function indexKeys(pattern: unknown): string[] {
  const branches = branchesOf(pattern);
  const types = exactStrings(branches, 'detail-type');
  if (types === undefined || types.length > mostKeys) return [everything];
  const names = exactStrings(branches, 'detail.data.event') ?? [];
  const named = names.length > 0 && names.length * types.length <= mostKeys;
  return types.flatMap(type => {
    if (!isTracked(type)) return [type];
    return named ? names.map(name => behaviourKey(type, name)) : [behaviourKey(type, everything)];
  });
}

/** every key under which a pattern that matches this bus event can be filed */
export function eventKeys(busEvent: unknown): string[] {
  const keys = new Set([everything]);
  const names = strings(busEvent, 'detail.data.event');
  for (const type of strings(busEvent, 'detail-type')) {
    if (!isTracked(type)) keys.add(type);
    else for (const name of [everything, ...names]) keys.add(behaviourKey(type, name));
  }
  return [...keys].filter(key => Buffer.byteLength(key) <= mostKeyBytes);
}

const isTracked = (type: string) => type.startsWith('tracked.');
const strings = (event: unknown, path: string) =>
  leavesAt(event, path).filter((leaf): leaf is string => typeof leaf === 'string');

import { isDeepStrictEqual } from 'node:util';
import { displayName, type Profile, type StoredCustomer } from '../customer.ts';
import { attributeAt } from './paths.ts';
import type { Origin, Provenance, RemovedValue, ValueConflict } from './provenance.ts';

type Customer = Pick<StoredCustomer, 'createdAt' | 'provenance'> & Partial<Profile>;

const unknown = ({ createdAt }: Customer): Origin => ({ source: 'unknown', observedAt: createdAt });

export const isComposedName = ({ name, ...parts }: Partial<Profile>) =>
  name === undefined || name === displayName(parts);

const olderOf = (a: Origin, b: Origin) => (a.observedAt <= b.observedAt ? a : b);

/** The origin of the value at a path. A composed name has the older origin of its parts. */
export const originOf = (customer: Customer, path: string): Origin => {
  const { origins = [], from = {} } = customer.provenance ?? {};
  const of = (attribute: string) => origins[from[attribute] ?? 0] ?? unknown(customer);
  const attribute = attributeAt(path);
  if (attribute !== 'name' || !isComposedName(customer)) return of(attribute);
  const parts = (['givenName', 'familyName'] as const).filter(part => customer[part] !== undefined);
  return parts.map(of).reduce(olderOf, of(parts[0] ?? 'name'));
};

/** since when a value is as it is */
export const changedAt = ({ since, observedAt }: Origin) => since ?? observedAt;

/** whether a value was observed at once by the same, however long it had been as it is */
export const isSameOrigin = ({ since: _, ...a }: Origin, { since: __, ...b }: Origin) => isDeepStrictEqual(a, b);

/** the later origin of a value that stayed the same */
export const stayed = (last: Origin, origin: Origin): Origin => {
  const { since: _, ...again } = origin;
  return again.observedAt > changedAt(last) ? { ...again, since: changedAt(last) } : again;
};

const most = { origins: 100, conflicts: 30, each: 3, removed: 20 };

const timeless = ({ since: _, ...origin }: Origin): Origin => ({ ...origin, observedAt: '' });

const isSameButTime = (a: Origin, b: Origin) => keyOf(timeless(a)) === keyOf(timeless(b));

/** the two oldest origins of one source, which become one; if all sources differ, the oldest becomes unknown */
const coarser = (origins: Origin[]): [replaced: Origin, by: Origin] => {
  const byAge = [...origins].sort((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
  for (const [nth, by] of byAge.entries()) {
    const replaced = byAge.slice(nth + 1).find(other => isSameButTime(by, other));
    if (replaced) return [replaced, by];
  }
  const [oldest, next] = byAge as [Origin, Origin];
  const by = { source: 'unknown', observedAt: oldest.observedAt };
  return isSameButTime(oldest, by) ? [next, oldest] : [oldest, by];
};

const keyOf = ({ source, observedAt, since, verified, confidence }: Origin) =>
  JSON.stringify([source, observedAt, since, confidence, verified?.at, verified?.by, verified?.method]);

const distinctOf = (of: Map<string, Origin>) =>
  [...Map.groupBy(of, ([, origin]) => keyOf(origin)).values()].map(same => ({
    origin: same[0]![1],
    attributes: same.map(([attribute]) => attribute),
  }));

const withinLimit = (of: Map<string, Origin>): Map<string, Origin> => {
  let reduced = of;
  for (let distinct = distinctOf(reduced); distinct.length > most.origins; distinct = distinctOf(reduced)) {
    const [replaced, by] = coarser(distinct.map(({ origin }) => origin));
    reduced = new Map(
      [...reduced].map(([attribute, origin]) => [attribute, keyOf(origin) === keyOf(replaced) ? by : origin]),
    );
  }
  return reduced;
};

/** the newest few of each attribute, the newest of all */
const newestConflicts = (conflicts: ValueConflict[]) =>
  conflicts
    .toSorted((a, b) => Date.parse(b.origin.observedAt) - Date.parse(a.origin.observedAt))
    .filter((one, nth, all) => {
      const newer = all.slice(0, nth).filter(({ attribute }) => attribute === one.attribute);
      return newer.length < most.each;
    })
    .slice(0, most.conflicts);

/** the origins of all attributes in their stored form: the most frequent one first, for all that `from` does not name */
export const packProvenance = (
  of: Map<string, Origin>,
  conflicts: ValueConflict[],
  removed: RemovedValue[] = [],
): Provenance => {
  const distinct = distinctOf(withinLimit(of)).toSorted((a, b) => b.attributes.length - a.attributes.length);
  const from = distinct.flatMap(({ attributes }, nth) => (nth ? attributes.map(one => [one, nth] as const) : []));
  const left = newestConflicts(conflicts);
  return {
    origins: distinct.map(({ origin }) => origin),
    ...(from.length ? { from: Object.fromEntries(from) } : {}),
    ...(left.length ? { conflicts: left } : {}),
    ...(removed.length ? { removed: removed.slice(0, most.removed) } : {}),
  };
};

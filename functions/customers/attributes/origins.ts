import { displayName, type Profile, type StoredCustomer } from '../customer.ts';
import { attributeAt } from './paths.ts';
import type { Gone, Kept, Origin, Provenance } from './provenance.ts';

type Known = Pick<StoredCustomer, 'createdAt' | 'provenance'> & Partial<Profile>;

/** of records older than this knowledge */
const unknown = ({ createdAt }: Known): Origin => ({ source: 'unknown', observedAt: createdAt });

/** whether its name follows from the parts of its name */
export const isComposedName = ({ name, ...parts }: Partial<Profile>) =>
  name === undefined || name === displayName(parts);

const olderOf = (a: Origin, b: Origin) => (a.observedAt <= b.observedAt ? a : b);

/** Where the value at a path comes from. A name that follows from its parts comes from where the older of them does. */
export const originOf = (customer: Known, path: string): Origin => {
  const { origins = [], from = {} } = customer.provenance ?? {};
  const of = (attribute: string) => origins[from[attribute] ?? 0] ?? unknown(customer);
  const attribute = attributeAt(path);
  if (attribute !== 'name' || !isComposedName(customer)) return of(attribute);
  const parts = (['givenName', 'familyName'] as const).filter(part => customer[part] !== undefined);
  return parts.map(of).reduce(olderOf, of(parts[0] ?? 'name'));
};

/** what an item has room for */
const most = { origins: 100, kept: 30, each: 3, gone: 20 };

const sameVoice = (a: Origin, b: Origin) => inWords({ ...a, observedAt: '' }) === inWords({ ...b, observedAt: '' });

/** one origin fewer: the two oldest of one source become one, as old as the older; with nobody to join, the oldest is unknown */
const coarser = (origins: Origin[]): [gone: Origin, by: Origin] => {
  const byAge = [...origins].sort((a, b) => (a.observedAt < b.observedAt ? -1 : 1));
  for (const [nth, by] of byAge.entries()) {
    const gone = byAge.slice(nth + 1).find(other => sameVoice(by, other));
    if (gone) return [gone, by];
  }
  const [oldest, next] = byAge as [Origin, Origin];
  const by = { source: 'unknown', observedAt: oldest.observedAt };
  return sameVoice(oldest, by) ? [next, oldest] : [oldest, by];
};

const inWords = ({ source, observedAt, verified, confidence }: Origin) =>
  JSON.stringify([source, observedAt, confidence, verified?.at, verified?.by, verified?.method]);

const distinctOf = (of: Map<string, Origin>) =>
  [...Map.groupBy(of, ([, origin]) => inWords(origin)).values()].map(same => ({
    origin: same[0]![1],
    attributes: same.map(([attribute]) => attribute),
  }));

const withinRoom = (of: Map<string, Origin>): Map<string, Origin> => {
  let held = of;
  for (let distinct = distinctOf(held); distinct.length > most.origins; distinct = distinctOf(held)) {
    const [gone, by] = coarser(distinct.map(({ origin }) => origin));
    held = new Map(
      [...held].map(([attribute, origin]) => [attribute, inWords(origin) === inWords(gone) ? by : origin]),
    );
  }
  return held;
};

/** of each attribute the newest few, of all the newest */
const keptWithinRoom = (kept: Kept[]) =>
  kept
    .toSorted((a, b) => Date.parse(b.origin.observedAt) - Date.parse(a.origin.observedAt))
    .filter((one, nth, all) => {
      const newer = all.slice(0, nth).filter(({ attribute }) => attribute === one.attribute);
      return newer.length < most.each;
    })
    .slice(0, most.kept);

/** the origins of all attributes in the form they are stored in: the most frequent one first, for all that are not named */
export const packed = (of: Map<string, Origin>, kept: Kept[], gone: Gone[] = []): Provenance => {
  const distinct = distinctOf(withinRoom(of)).toSorted((a, b) => b.attributes.length - a.attributes.length);
  const from = distinct.flatMap(({ attributes }, nth) => (nth ? attributes.map(one => [one, nth] as const) : []));
  const left = keptWithinRoom(kept);
  return {
    origins: distinct.map(({ origin }) => origin),
    ...(from.length ? { from: Object.fromEntries(from) } : {}),
    ...(left.length ? { kept: left } : {}),
    ...(gone.length ? { gone: gone.slice(0, most.gone) } : {}),
  };
};

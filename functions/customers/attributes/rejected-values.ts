import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../shared/json.ts';
import type { Profile } from '../customer.ts';
import { confidentialOf } from './definitions.ts';
import { isComposedName, originOf } from './origins.ts';
import { isWithin, valuesOf, withValue } from './paths.ts';
import { isPublicSource, isUnverified, type Origin, type RemovedValue, type ValueConflict } from './provenance.ts';
import { identifying, isPublicRecord } from './standing.ts';
import { contest } from './survivorship.ts';
import { type ProfileChange, valueOrigin } from './writing.ts';

/** `outdated`: the source itself has reported a later value */
export type RejectedValue = ValueConflict & { outdated: boolean };

const isAddress = (attribute: string) => attribute.startsWith('address.');

const mostCharacters = 1000;

const stored = (value: unknown): ValueConflict['value'] => {
  const text = JSON.stringify(value ?? null);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : JSON.parse(text);
};

/** the attributes with different values; names composed of their parts do not count */
const differing = ({ was, wanted }: Pick<ProfileChange, 'was' | 'wanted'>) => {
  const [before, after] = [valuesOf(was), valuesOf(wanted)];
  const bothComposed = isComposedName(was) && isComposedName(wanted);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter(attribute => !(attribute === 'name' && bothComposed))
    .map(attribute => ({ attribute, before: before.get(attribute), after: after.get(attribute) }))
    .filter(one => !isDeepStrictEqual(one.before, one.after));
};

/** what a stranger does not set on a record of others: who it is, what is confidential, and whatever others said or removed */
const protectedIn = ({ before, was, writing }: ProfileChange) => {
  const confidential = confidentialOf(writing.settings);
  const isSaid = (origin: Origin | undefined) => origin !== undefined && !isUnverified(origin);
  const hasAddress = [...valuesOf(was).keys()].some(one => isAddress(one) && isSaid(originOf(before, one)));
  return (attribute: string, first: Origin | undefined) =>
    identifying.has(attribute) ||
    isSaid(first) ||
    (hasAddress && isAddress(attribute)) ||
    confidential.some(path => isWithin(attribute, path));
};

/** The written values that do not apply. An address is rejected as a whole: parts of two addresses make a third. */
export const rejectedValues = (change: ProfileChange, origin: Origin): RejectedValue[] => {
  const { now, writing } = change;
  if (writing.decides) return [];
  const { provenance } = change.before;
  const all = differing(change);
  const isPublic = isPublicSource(origin.source);
  const protects = (isPublic || writing.byClaim) && !isPublicRecord(change.before);
  const why = isPublic
    ? 'a public write key cannot set it'
    : 'only a public write key linked the user id to this record';
  const isProtected = protects ? protectedIn(change) : () => false;
  const rejected = all.flatMap(({ attribute, before, after }): RejectedValue[] => {
    const removed = provenance?.removed?.find(one => one.attribute === attribute)?.origin;
    const first = before === undefined ? removed : originOf(change.before, attribute);
    if (isProtected(attribute, first)) return [{ attribute, value: stored(after), origin, why, outdated: false }];
    if (!first) return [];
    const verdict = contest({ attribute, first, second: origin }, { settings: writing.settings, now });
    if (verdict?.wins !== 'first') return [];
    const outdated = first.source === origin.source && origin.observedAt < first.observedAt;
    return [{ attribute, value: stored(after), origin, why: verdict.why, outdated }];
  });
  const address = rejected.find(({ attribute }) => isAddress(attribute));
  if (!address) return rejected;
  return [
    ...rejected.filter(({ attribute }) => !isAddress(attribute)),
    ...all
      .filter(({ attribute }) => isAddress(attribute))
      .map(({ attribute, after }) => ({ ...address, attribute, value: stored(after) })),
  ];
};

/** The present values of other sources that are replaced: they are recorded as conflicts too. */
export const replacedValues = (change: ProfileChange, profile: Profile): ValueConflict[] => {
  const { now, was, writing } = change;
  if (writing.decides) return [];
  return differing({ was, wanted: profile }).flatMap(({ attribute, before, after }): ValueConflict[] => {
    if (before === undefined || after === undefined) return [];
    const first = originOf(change.before, attribute);
    const second = valueOrigin(change, attribute, after);
    if (first.source === second.source) return [];
    const verdict = contest({ attribute, first, second }, { settings: writing.settings, now });
    return [{ attribute, value: stored(before), origin: first, why: verdict?.why ?? 'the other is later' }];
  });
};

/** the wanted profile with the present values in place of the rejected ones */
export const withoutRejected = ({ was, wanted }: ProfileChange, rejected: RejectedValue[]) => {
  const before = valuesOf(was);
  if (isComposedName(was)) before.delete('name');
  const uncomposed = isComposedName(wanted) ? { ...wanted, name: undefined } : wanted;
  return rejected.reduce<Json>(
    (profile, { attribute }) => withValue(profile, attribute, before.get(attribute)),
    uncomposed,
  ) as Profile;
};

/** the attributes that were removed and have no value since, the latest first */
export const removedValues = ({ before, was }: ProfileChange, profile: Profile, origin: Origin): RemovedValue[] => {
  const present = valuesOf(profile);
  const removed = [...valuesOf(was).keys()].filter(attribute => !present.has(attribute));
  const earlier = (before.provenance?.removed ?? []).filter(
    ({ attribute }) => !present.has(attribute) && !removed.includes(attribute),
  );
  return [...removed.map(attribute => ({ attribute, origin })), ...earlier];
};

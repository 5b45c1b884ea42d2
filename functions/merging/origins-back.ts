import { isDeepStrictEqual } from 'node:util';
import { originOf, packProvenance } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Provenance, ValueConflict } from '../customers/attributes/provenance.ts';
import { ownValues } from '../customers/attributes/writing.ts';
import type { Profile, StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import type { Merger } from './merger.ts';

/** Where the values of a record come from that is parted from another: what it has again, or had all the time, from where it had it. */
export const originsBack = (into: StoredCustomer, profile: Profile, { before }: Merger): Provenance => {
  const [is, was] = [valuesOf(profileOf(into)), valuesOf(profileOf(before.into))];
  const own = ownValues(profile);
  const isBack = (attribute: string) => {
    const came = isDeepStrictEqual(originOf(into, attribute), originOf(before.from, attribute));
    const [value, had] = [own.get(attribute), was.get(attribute)];
    return isDeepStrictEqual(had, value) && (came || !isDeepStrictEqual(is.get(attribute), value));
  };
  const origins = [...own.keys()].map(
    attribute => [attribute, originOf(isBack(attribute) ? before.into : into, attribute)] as const,
  );
  const [kept, hadKept] = [into, before.into].map(({ provenance }) => provenance?.conflicts ?? []) as [
    ValueConflict[],
    ValueConflict[],
  ];
  const gone = (into.provenance?.gone ?? []).filter(({ attribute }) => !own.has(attribute));
  return packProvenance(
    new Map(origins),
    [...kept.filter(({ attribute }) => !isBack(attribute)), ...hadKept.filter(({ attribute }) => isBack(attribute))],
    gone,
  );
};

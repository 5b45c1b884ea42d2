import { isDeepStrictEqual } from 'node:util';
import { originOf, packed } from '../attributes/origins.ts';
import { valuesOf } from '../attributes/paths.ts';
import type { Provenance } from '../attributes/provenance.ts';
import { ownValues } from '../attributes/settle.ts';
import type { Profile, StoredCustomer } from '../customer.ts';
import { profileOf } from '../profile.ts';
import type { Merger } from './merger.ts';

/** Where the values of a record come from that is parted from another: what it has again, or had all the time, from where it had it. */
export const originsBack = (into: StoredCustomer, profile: Profile, { before }: Merger): Provenance => {
  const [is, was] = [valuesOf(profileOf(into)), valuesOf(profileOf(before.into))];
  const origins = [...ownValues(profile)].map(([attribute, value]) => {
    const now = originOf(into, attribute);
    const came = isDeepStrictEqual(now, originOf(before.from, attribute));
    const hadIt = isDeepStrictEqual(was.get(attribute), value);
    const isBack = hadIt && (came || !isDeepStrictEqual(is.get(attribute), value));
    return [attribute, isBack ? originOf(before.into, attribute) : now] as const;
  });
  return packed(new Map(origins), into.provenance?.kept ?? []);
};

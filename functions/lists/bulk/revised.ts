import { isDeepStrictEqual } from 'node:util';
import { originOf } from '../../customers/attributes/origins.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import type { Origin } from '../../customers/attributes/provenance.ts';
import { ownValues, type Writing } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { changedCustomer, profileOf } from '../../customers/profile.ts';
import { differences, type Json } from '../../shared/json.ts';
import type { DoneTo } from './done-to.ts';

const part = (profile: Json, fields: string[]): Json =>
  Object.fromEntries(Object.entries(profile).filter(([name]) => fields.includes(name)));

/** where the values came from that are others now */
const formerOrigins = (before: StoredCustomer, became: Json): Record<string, Origin> => {
  const is = valuesOf(became);
  const others = [...ownValues(profileOf(before))].filter(
    ([attribute, value]) => !isDeepStrictEqual(is.get(attribute), value),
  );
  return Object.fromEntries(others.map(([attribute]) => [attribute, originOf(before, attribute)]));
};

/** A customer under a merge patch, and what it takes to take that back. Without a difference nothing is to be done. */
export const revised = (now: string, before: StoredCustomer, patch: Json, writing: Writing): DoneTo => {
  const { customer, changes, conflicts: kept } = changedCustomer(now, before, patch, writing);
  const [was, became]: [Json, Json] = [profileOf(before), profileOf(customer)];
  const fields = Object.keys({ ...was, ...became }).filter(name => !isDeepStrictEqual(was[name], became[name]));
  return {
    changes: fields.length ? changes : [],
    told: differences(was, became),
    left: kept.map(({ attribute, why }) => ({ attribute, why })),
    did: {
      what: 'profile',
      was: part(was, fields),
      became: part(became, fields),
      origins: formerOrigins(before, became),
    },
  };
};

import { isDeepStrictEqual } from 'node:util';
import type { StoredCustomer } from '../../customer.ts';
import { changed, differences, type Json, profileOf } from '../../profile.ts';
import type { DoneTo } from './done-to.ts';

const part = (profile: Json, fields: string[]): Json =>
  Object.fromEntries(Object.entries(profile).filter(([name]) => fields.includes(name)));

type By = { now: string; source: string };

/** a customer under a merge patch, and what it takes to take that back; undefined where it changes nothing */
export const revised = (before: StoredCustomer, patch: Json, { now, source }: By): DoneTo | undefined => {
  const { customer, changes } = changed(now, before, patch, { source });
  if (!changes.length) return undefined;
  const [was, became]: [Json, Json] = [profileOf(before), profileOf(customer)];
  const fields = Object.keys({ ...was, ...became }).filter(name => !isDeepStrictEqual(was[name], became[name]));
  return {
    changes,
    told: differences(was, became),
    did: { what: 'profile', was: part(was, fields), became: part(became, fields) },
  };
};

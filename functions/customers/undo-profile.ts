import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Ctx } from '../shared/http/context.ts';
import { differences, isObject, type Json } from '../shared/json.ts';
import type { Change } from '../shared/store/changes.ts';
import { originOf } from './attributes/origins.ts';
import { valuesOf } from './attributes/paths.ts';
import { Origin } from './attributes/provenance.ts';
import { ownValues, type Writing } from './attributes/writing.ts';
import type { StoredCustomer } from './customer.ts';
import { changedCustomer, profileOf } from './profile.ts';
import { replacingPatch, reverseValues } from './reverse-values.ts';
import type { CustomerSettings } from './settings.ts';

export const ValueChange = z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() });
export type ValueChange = z.output<typeof ValueChange>;

const Values = z.record(z.string(), z.unknown());

export const ProfileDone = z.object({
  what: z.literal('profile'),
  was: Values,
  became: Values,
  origins: z.record(z.string(), Origin),
});
export type ProfileDone = z.output<typeof ProfileDone>;

export const Left = z.object({ attribute: z.string(), why: z.string() });
export type Left = z.output<typeof Left>;

const part = (profile: Json, fields: string[]): Json =>
  Object.fromEntries(Object.entries(profile).filter(([name]) => fields.includes(name)));

const formerOrigins = (before: StoredCustomer, became: Json): Record<string, Origin> => {
  const is = valuesOf(became);
  const changed = [...ownValues(profileOf(before))].filter(
    ([attribute, value]) => !isDeepStrictEqual(is.get(attribute), value),
  );
  return Object.fromEntries(changed.map(([attribute]) => [attribute, originOf(before, attribute)]));
};

/** what a change made of a profile, as far as undoing it needs */
export const profileDone = (before: StoredCustomer, after: StoredCustomer): ProfileDone => {
  const [was, became]: [Json, Json] = [profileOf(before), profileOf(after)];
  const fields = Object.keys({ ...was, ...became }).filter(name => !isDeepStrictEqual(was[name], became[name]));
  return {
    what: 'profile',
    was: part(was, fields),
    became: part(became, fields),
    origins: formerOrigins(before, became),
  };
};

export const patched = (now: string, before: StoredCustomer, patch: Json, writing: Writing) => {
  const { customer, changes, conflicts } = changedCustomer(now, before, patch, writing);
  const done = profileDone(before, customer);
  const values = differences(profileOf(before), profileOf(customer));
  return {
    changes: values.length ? changes : [],
    values,
    left: conflicts.map(({ attribute, why }) => ({ attribute, why })),
    done,
  };
};

export type Undone = { changes: Change[]; values: ValueChange[]; left: Left[] };

/** who undoes it */
export type By = { ctx: Ctx; source: string; settings: CustomerSettings };

const changedSince = 'it was changed since';

export const leftAs = (attribute: string, why = changedSince): Undone => ({
  changes: [],
  values: [],
  left: [{ attribute, why }],
});

export const patchedBack = (customer: StoredCustomer, patch: Json, by: By, each?: Writing['each']) => {
  const { settings, source, ctx } = by;
  // values may be older than their definition
  const writing: Writing = { settings, source, decides: true, checks: 'none', ...(each ? { each } : {}) };
  const { changes, values } = patched(ctx.now, customer, patch, writing);
  return { changes, values };
};

/** an absent object is compared part by part like an empty one */
const asWhole = (value: unknown, other: unknown) => (value === undefined && isObject(other) ? {} : value);

const differing = (field: string, from: unknown, to: unknown) =>
  differences(asWhole(from, to), asWhole(to, from), [field]).map(({ attribute }) => attribute);

/** Takes back a change of a profile where its values are still as they became. */
export const undoProfile = (customer: StoredCustomer, { was, became, origins }: ProfileDone, by: By): Undone => {
  const is: Json = profileOf(customer);
  const patch: Json = {};
  const left: Left[] = [];
  for (const field of new Set([...Object.keys(was), ...Object.keys(became)])) {
    const back = reverseValues(is[field], was[field], became[field]);
    if (!isDeepStrictEqual(is[field], back)) patch[field] = replacingPatch(is[field], back ?? null);
    const stays = differing(field, back, was[field]);
    const set = differing(field, was[field], became[field]);
    left.push(...set.filter(one => stays.includes(one)).map(attribute => ({ attribute, why: changedSince })));
  }
  // a whole name that was split stays when its parts are removed
  const isSplit = !('name' in was) && !('name' in became) && (patch.givenName === null || patch.familyName === null);
  if (isSplit && is.name) patch.name = is.name;
  const former = valuesOf(was);
  const each: Writing['each'] = (attribute, value) =>
    isDeepStrictEqual(former.get(attribute), value) ? origins[attribute] : undefined;
  return { ...patchedBack(customer, patch, by, each), left };
};

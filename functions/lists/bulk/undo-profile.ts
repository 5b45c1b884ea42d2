import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '../../customers/attributes/paths.ts';
import type { Writing } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import { replacingPatch, reverseValues } from '../../customers/reverse-values.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { differences, isObject, type Json } from '../../shared/json.ts';
import type { Change } from '../../shared/store/changes.ts';
import type { Left, ProfileDone, ValueChange } from './bulk-log.ts';
import { patched } from './customer-changes.ts';

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

import { isDeepStrictEqual } from 'node:util';
import { valuesOf } from '../../customers/attributes/paths.ts';
import type { Writing } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import { profileOf } from '../../customers/profile.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { reverted } from '../../merging/reverted.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { differences, isObject, type Json, replacementPatch } from '../../shared/json.ts';
import type { Change } from '../../shared/store/changes.ts';
import { lists, members } from '../list.ts';
import { leaving, putting } from '../membership.ts';
import type { BulkChange, Did, Left, Told } from './bulk-log.ts';
import { owning } from './owning.ts';
import { revised } from './revised.ts';
import { tagging, tagsOf, untagging } from './tags.ts';

export type TakenBack = { changes: Change[]; told: Told[]; left: Left[] };

type By = { ctx: Ctx; source: string; settings: CustomerSettings };

const since = 'it was changed since';
const nothing: TakenBack = { changes: [], told: [], left: [] };
const leftAs = (attribute: string, why = since): TakenBack => ({ ...nothing, left: [{ attribute, why }] });

const revise = (customer: StoredCustomer, patch: Json, { ctx, source, settings }: By, each?: Writing['each']) => {
  // what was there before is not held against its definition again
  const writing: Writing = { settings, source, decides: true, checks: 'none', ...(each ? { each } : {}) };
  const { changes, told } = revised(ctx.now, customer, patch, writing);
  return { changes, told };
};

/** an object that is not there is an empty one: its parts are told apart */
const whole = (value: unknown, other: unknown) => (value === undefined && isObject(other) ? {} : value);

const between = (field: string, from: unknown, to: unknown) =>
  differences(whole(from, to), whole(to, from), [field]).map(({ attribute }) => attribute);

/** what is as it was made goes back to what it was, part by part; what was changed since stays */
const profileBack = (
  customer: StoredCustomer,
  { was, became, origins }: Extract<Did, { what: 'profile' }>,
  by: By,
): TakenBack => {
  const is: Json = profileOf(customer);
  const patch: Json = {};
  const left: Left[] = [];
  for (const field of new Set([...Object.keys(was), ...Object.keys(became)])) {
    const back = reverted(is[field], was[field], became[field]);
    if (!isDeepStrictEqual(is[field], back)) patch[field] = replacementPatch(is[field], back ?? null);
    const stays = between(field, back, was[field]);
    const made = between(field, was[field], became[field]);
    left.push(...made.filter(attribute => stays.includes(attribute)).map(attribute => ({ attribute, why: since })));
  }
  const had = valuesOf(was);
  const each: Writing['each'] = (attribute, value) =>
    isDeepStrictEqual(had.get(attribute), value) ? origins[attribute] : undefined;
  return { ...revise(customer, patch, by, each), left };
};

const tagBack = (customer: StoredCustomer, { what, tag }: Extract<Did, { tag: string }>, by: By): TakenBack => {
  const carries = tagsOf(customer).includes(tag);
  if (carries !== (what === 'tag')) return leftAs('attributes.tags');
  const patch = what === 'tag' ? untagging(customer, tag) : tagging(customer, tag);
  return { ...revise(customer, patch, by), left: [] };
};

const joinedBack = async (
  { id: customerId }: StoredCustomer,
  { listId, place }: Extract<Did, { what: 'joined' }>,
  { ctx, source }: By,
): Promise<TakenBack> => {
  const [list, member] = await Promise.all([
    ctx.store.get(lists, { id: listId }),
    ctx.store.get(members, { customerId, listId }),
  ]);
  // taken off and put on again by somebody: that counts
  if (!list || member?.place !== place) return leftAs('list', list ? since : 'the list is gone');
  return { changes: leaving(list, member, source), told: [{ attribute: 'list', from: listId, to: null }], left: [] };
};

const leftBack = async (
  { id: customerId }: StoredCustomer,
  { member }: Extract<Did, { what: 'left' }>,
  { ctx, source }: By,
): Promise<TakenBack> => {
  const { listId } = member;
  const [list, there] = await Promise.all([
    ctx.store.get(lists, { id: listId }),
    ctx.store.get(members, { customerId, listId }),
  ]);
  if (!list || there) return leftAs('list', list ? since : 'the list is gone');
  return {
    changes: putting(list, { ...member, customerId }, source),
    told: [{ attribute: 'list', from: null, to: listId }],
    left: [],
  };
};

const ownerBack = (
  customer: StoredCustomer,
  { was, became }: Extract<Did, { what: 'owner' }>,
  { ctx, source }: By,
): TakenBack => {
  if ((customer.ownerId ?? null) !== became) return leftAs('ownerId');
  return { ...owning(customer, was, { now: ctx.now, source }), left: [] };
};

/** what it takes to take back what was done to a customer, as far as nobody has changed it since */
export const takenBack = async (customer: StoredCustomer, { did, changes }: BulkChange, by: By): Promise<TakenBack> => {
  switch (did.what) {
    case 'profile':
      return profileBack(customer, did, by);
    case 'tag':
    case 'untag':
      return tagBack(customer, did, by);
    case 'joined':
      return joinedBack(customer, did, by);
    case 'left':
      return leftBack(customer, did, by);
    case 'owner':
      return ownerBack(customer, did, by);
    case 'consent':
      return leftAs(changes[0]?.attribute ?? 'consent', 'a withdrawn consent is the customer’s to grant again');
  }
};

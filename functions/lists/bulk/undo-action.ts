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
import { lists, members } from '../list.ts';
import { memberAdded, memberRemoved } from '../membership.ts';
import type { BulkChange, Done, Left, ValueChange } from './bulk-log.ts';
import { ownerChanged, patched, tagPatch, tagsOf, untagPatch } from './customer-changes.ts';

export type Undone = { changes: Change[]; values: ValueChange[]; left: Left[] };

type By = { ctx: Ctx; source: string; settings: CustomerSettings };
type DoneAs<What extends Done['what']> = Extract<Done, { what: What }>;

const changedSince = 'it was changed since';

const leftAs = (attribute: string, why = changedSince): Undone => ({
  changes: [],
  values: [],
  left: [{ attribute, why }],
});

const patchedBack = (customer: StoredCustomer, patch: Json, by: By, each?: Writing['each']) => {
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

const undoProfile = (customer: StoredCustomer, { was, became, origins }: DoneAs<'profile'>, by: By): Undone => {
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
  const former = valuesOf(was);
  const each: Writing['each'] = (attribute, value) =>
    isDeepStrictEqual(former.get(attribute), value) ? origins[attribute] : undefined;
  return { ...patchedBack(customer, patch, by, each), left };
};

const undoTag = (customer: StoredCustomer, { what, tag }: DoneAs<'tag' | 'untag'>, by: By): Undone => {
  if (tagsOf(customer).includes(tag) !== (what === 'tag')) return leftAs('attributes.tags');
  const patch = what === 'tag' ? untagPatch(customer, tag) : tagPatch(customer, tag);
  return { ...patchedBack(customer, patch, by), left: [] };
};

const undoMember = async (
  { id: customerId }: StoredCustomer,
  done: DoneAs<'added' | 'removed'>,
  { ctx: { store }, source }: By,
): Promise<Undone> => {
  const listId = done.what === 'added' ? done.listId : done.member.listId;
  const [list, member] = await Promise.all([
    store.get(lists, { id: listId }),
    store.get(members, { customerId, listId }),
  ]);
  if (!list) return leftAs('list', 'the list was removed');
  if (done.what === 'removed') {
    if (member) return leftAs('list');
    const changes = memberAdded(list, { ...done.member, customerId }, source);
    return { changes, values: [{ attribute: 'list', from: null, to: listId }], left: [] };
  }
  // it may have been removed and added again since
  if (member?.place !== done.place) return leftAs('list');
  const changes = memberRemoved(list, member, source);
  return { changes, values: [{ attribute: 'list', from: listId, to: null }], left: [] };
};

export const undoAction = async (customer: StoredCustomer, { done, changes }: BulkChange, by: By): Promise<Undone> => {
  switch (done.what) {
    case 'profile':
      return undoProfile(customer, done, by);
    case 'tag':
    case 'untag':
      return undoTag(customer, done, by);
    case 'added':
    case 'removed':
      return undoMember(customer, done, by);
    case 'owner':
      if ((customer.ownerId ?? null) !== done.became) return leftAs('ownerId');
      return { ...ownerChanged(customer, done.was, { now: by.ctx.now, source: by.source }), left: [] };
    case 'consent':
      return leftAs(changes[0]?.attribute ?? 'consent', 'only the customer can grant a withdrawn consent again');
  }
};

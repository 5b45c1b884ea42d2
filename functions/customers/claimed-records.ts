import { customerUpdated } from '../../events/customer.ts';
import { differences, type Json } from '../shared/json.ts';
import { type Change, emit, insert, update, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { identifying, isPublicRecord } from './attributes/standing.ts';
import type { Writing } from './attributes/writing.ts';
import { customers, type Profile, type StoredCustomer } from './customer.ts';
import { identities, identityMoved } from './identity.ts';
import { type CustomerWrite, changedCustomer, profileOf } from './profile.ts';

type Unique = Partial<Pick<Profile, 'email' | 'externalId'>>;

const names = ['email', 'externalId'] as const;

/** Records that hold one of these and that only public keys have named: they block nobody. The first holds the address. */
export const claimedRecords = async (
  { email = '', externalId = '' }: Unique,
  store: Store,
): Promise<StoredCustomer[]> => {
  const held = await store.holders([
    { entity: customers, unique: 'email', value: email },
    { entity: customers, unique: 'externalId', value: externalId },
  ]);
  const ids = [...new Set(held)].filter(id => id !== undefined);
  return ids.length ? (await store.getByIds(customers, ids)).filter(isPublicRecord) : [];
};

/** What identified a claimed record is the word of who names it alone; the tracker's user id stays linked as a claim. */
export const adopt = (now: string, before: StoredCustomer, profile: Json, writing: Writing): CustomerWrite => {
  const dropped = [...identifying].filter(name => name in before && !(name in profile));
  const patch = { ...Object.fromEntries(dropped.map(name => [name, null])), ...profile };
  const write = changedCustomer(now, before, patch, { ...writing, decides: true });
  const { id, externalId: value } = before;
  const link = value && write.customer.externalId !== value;
  const claim = link ? [insert(identities, { id, type: 'externalId', value, since: now, claimed: true })] : [];
  return { ...write, changes: [...write.changes, ...claim] };
};

/** A claimed record gives up what another is named by. */
export const yielding = (
  now: string,
  before: StoredCustomer,
  to: Unique,
): { after: StoredCustomer; changes: Change[] } => {
  const given = names.filter(name => to[name] !== undefined && before[name] === to[name]);
  const left = Object.entries(before).filter(([name]) => !given.includes(name as 'email'));
  const after: StoredCustomer = updated(now, Object.fromEntries(left) as StoredCustomer, {});
  const data = { changes: differences(profileOf(before), profileOf(after)), source: 'claim' };
  const { id: customerId } = before;
  const changes = [update(customers, before, after), emit(customerUpdated, { customerId, about: customerId, data })];
  return { after, changes: [...changes, identityMoved(now, customerId)] };
};

/** What claimed records give up to a customer. */
export const yieldAll = (now: string, records: StoredCustomer[], to: Unique & Pick<StoredCustomer, 'id'>) =>
  records.filter(({ id }) => id !== to.id).map(before => ({ before, ...yielding(now, before, to) }));

/** The same for a customer that is written. */
export const yieldedTo = async (
  before: StoredCustomer | undefined,
  after: StoredCustomer,
  { now, store }: { now: string; store: Store },
): Promise<Change[]> => {
  const taken = names.filter(name => after[name] && after[name] !== before?.[name]);
  if (!taken.length) return [];
  const wanted: Unique = Object.fromEntries(taken.map(name => [name, after[name]]));
  const records = await claimedRecords(wanted, store);
  return yieldAll(now, records, { ...wanted, id: after.id }).flatMap(({ changes }) => changes);
};

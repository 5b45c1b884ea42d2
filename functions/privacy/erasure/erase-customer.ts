import { customerErased } from '../../../events/erasure.ts';
import { newId } from '../../../events/ids.ts';
import { activeCustomer } from '../../customers/active-customer.ts';
import { customers, type StoredCustomer } from '../../customers/customer.ts';
import { startErasure, tombstone } from '../../customers/erased-customer.ts';
import { erasedIdentityChanges } from '../../customers/erased-identities.ts';
import {
  type IdentityValue,
  identities,
  identityPartitions,
  identityValuesOf,
  lastErasure,
} from '../../customers/identity.ts';
import { mergedWith } from '../../merging/merge.ts';
import { accesses } from '../../shared/http/access.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Reply } from '../../shared/http/contract.ts';
import { isObject } from '../../shared/json.ts';
import { add, type Change, created, emit, insert, put, update } from '../../shared/store/changes.ts';
import { claimsOf, entriesOf } from '../../shared/store/entity.ts';
import { recordPage } from '../../shared/store/record-page.ts';
import { type Erasure, erasures, type Receipt, tallyOf } from './erasure.ts';
import { mustNotBeHeld } from './legal-hold.ts';
import { partition, pending } from './location.ts';
import { receiptOf } from './receipt.ts';
import { releaseMerged } from './release-merged.ts';

const mostDevices = 15;

const devicesOf = async ({ id }: StoredCustomer, { store }: Ctx): Promise<IdentityValue[]> => {
  const within = { from: 'identity#', to: 'identity$' };
  const { items } = await recordPage(store, identities, ['customer', id], { limit: mostDevices, within });
  return items.flatMap(({ type, value, released }) => (released ? [] : { type, value }));
};

/** shorter texts are common words */
const shortest = 3;

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
};

const named = ({
  name,
  givenName,
  familyName,
  email,
  phone,
  externalId,
  address,
  identifiers,
  mergedIdentifiers,
}: StoredCustomer) =>
  [name, givenName, familyName, email, phone, externalId, address, identifiers]
    .flatMap(textsIn)
    .concat(Object.values(mergedIdentifiers ?? {}).flat())
    .filter(text => text.length >= shortest)
    .toSorted((a, b) => b.length - a.length);

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const withoutNames = (text: string, customer: StoredCustomer) =>
  named(customer).reduce((left, name) => left.replace(new RegExp(literal(name), 'giu'), '…'), text);

const accepted = (receipt: Receipt) => new Reply(202, receipt, { location: `/v1/erasures/${receipt.id}` });

/** the record is empty and its identities are erased, at once */
const emptied = async (customer: StoredCustomer, erasure: Erasure, ctx: Ctx): Promise<Change[]> => {
  const { id, at } = erasure;
  const identities = [...identityValuesOf(customer), ...(await devicesOf(customer, ctx))];
  const found = claimsOf(ctx.tenant, customers, customer).size + entriesOf(ctx.tenant, customers, customer).size;
  const data = { erasureId: id };
  return [
    update(customers, customer, tombstone(customer, erasure)),
    ...(await erasedIdentityChanges({ ...ctx, erasure }, identities)),
    ...identities.flatMap(identityPartitions).map(of => pending(id, partition(of))),
    put(lastErasure, { at }),
    put(accesses, { customerId: customer.id, notBefore: at }),
    add(tallyOf(id), { profile: 1, search: found }),
    emit(customerErased, { customerId: customer.id, about: customer.id, data }),
  ];
};

/** Erases a customer, with the records that were merged into it. Repeated, it replies with the same erasure. */
export const eraseCustomer = async (id: string, reason: string, ctx: Ctx) => {
  const { tenant, now, store } = ctx;
  const before = await store.need(customers, { id });
  if (before.erasure) return accepted(await receiptOf(await store.need(erasures, { id: before.erasure }), tenant, now));
  const found = await activeCustomer(store, id);
  const merged = await mergedWith(store, id);
  await mustNotBeHeld(store, now, [id, ...merged]);
  const erasure: Erasure = created(now, {
    id: newId('erasure', now),
    customerId: found.id,
    merged,
    state: 'running',
    reason: withoutNames(reason, found),
    requestedBy: ctx.actor,
    at: now,
    finishedAt: null,
    covered: [],
  });
  const customer = await releaseMerged(found, erasure, ctx);
  const receipt = await receiptOf(erasure, tenant, now);
  const all = [insert(erasures, erasure), ...(await emptied(customer, erasure, ctx)), ...startErasure(erasure.id, ctx)];
  return store.commit(all, accepted(receipt));
};

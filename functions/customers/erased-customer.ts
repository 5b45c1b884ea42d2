import { customerErased } from '../../events/erasure.ts';
import type { Id } from '../../events/ids.ts';
import { emit } from '../shared/store/changes.ts';
import type { EraseRecord } from '../shared/store/erase.ts';
import type { StoredCustomer } from './customer.ts';
import type { Identity } from './identity.ts';
import { placesOf } from './known-as.ts';

type Erasure = { id: Id<'erasure'>; at: string };

/** what is left of a customer: that there was one */
export const tombstone = ({ id, kind, version, createdAt }: StoredCustomer, { id: erasure, at }: Erasure) =>
  ({ id, kind, version: version + 1, createdAt, updatedAt: at, erasedAt: at, erasure }) as StoredCustomer;

/** of one that was merged into the customer that is erased */
export const erasedCustomer: EraseRecord<StoredCustomer> = (customer, { erasure }) => {
  if (customer.erasedAt) return { left: customer };
  const { id } = customer;
  const data = { erasureId: erasure.id };
  return {
    left: tombstone(customer, erasure),
    changes: [emit(customerErased, { customerId: id, about: id, data })],
  };
};

export const erasedIdentity: EraseRecord<Identity> = async ({ type, value }, { bury }) => ({
  changes: await bury([{ type, value }]),
  emptied: placesOf({ type, value }),
});

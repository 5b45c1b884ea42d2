import type { StoredCustomer } from '../../customers/customer.ts';
import type { KnownAs } from '../../customers/erased-identity.ts';
import { signInId } from '../../portal/sign-in.ts';
import { unknownPartition } from '../../shared/events/anonymous-partition.ts';
import type { Place } from '../../shared/store/entity.ts';

const fields = ['email', 'phone', 'externalId'] as const;

/** all that a customer is known by */
export const knownAs = (customer: Pick<StoredCustomer, (typeof fields)[number] | 'also'>): KnownAs[] =>
  fields.flatMap(type => {
    const values = [customer[type] ?? [], customer.also?.[type] ?? []].flat();
    return [...new Set(values)].map(value => ({ type, value }));
  });

/** the partitions that somebody's own things lie in under what it is known as */
export const placesOf = ({ type, value }: KnownAs): Place['of'][] => {
  if (type === 'email') return [['sign-in', signInId(value)]];
  return type === 'phone' ? [] : [unknownPartition({ type, value })];
};

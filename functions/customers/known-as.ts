import { createHash } from 'node:crypto';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import type { Place } from '../shared/store/entity.ts';
import type { StoredCustomer } from './customer.ts';
import type { KnownAs } from './erased-identity.ts';

/** id of what is known of an address that sign-in codes are requested for: its digest */
export const signInId = (email: string) =>
  createHash('sha256')
    .update(JSON.stringify([email]))
    .digest('base64url');

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

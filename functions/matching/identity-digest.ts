import { createHash } from 'node:crypto';
import type { StoredCustomer } from '../customers/customer.ts';
import { subjectOf } from '../customers/lookups/subject.ts';

/** who a record says it is, as it is compared: what may change, such as where somebody lives, is not part of it */
const identityOf = (customer: StoredCustomer) => {
  const { given, family, organisation, born, phone, email, identifiers } = subjectOf(customer);
  return [given, family, organisation, born, phone, email, Object.entries(identifiers).sort()];
};

/** A digest of who two records say they are: another one as soon as either says something else. */
export const identityDigest = (a: StoredCustomer, b: StoredCustomer) => {
  const [first, second] = a.id < b.id ? [a, b] : [b, a];
  return createHash('sha256')
    .update(JSON.stringify([first, second].map(identityOf)))
    .digest('base64url');
};

import { problem } from '../shared/http/api-error.ts';

export const relationshipNotFound = problem('missing', 'relationship.not-found', 'No relationship has this id.');
export const relatedCustomerNotFound = problem('missing', 'customer.not-found', 'No customer has the id in `to`.');
export const relationshipExists = problem(
  'conflict',
  'relationship.exists',
  'The two customers have such a relationship on some of these days. Change the one named in `holder`.',
);
export const relationshipExclusive = problem(
  'conflict',
  'relationship.exclusive',
  'The customer has another relationship of this type on some of these days. End the one named in `holder` first.',
);
export const hierarchyCycle = problem('conflict', 'hierarchy.cycle', 'The parent is below this account on some days.');
export const hierarchyTooDeep = problem(
  'conflict',
  'hierarchy.too-deep',
  'At most 20 accounts can be above an account.',
);
export const typeBuiltIn = problem('conflict', 'relationship-type.built-in', 'A built-in type cannot be redefined.');
export const tooManyTypes = problem('conflict', 'relationship-type.too-many', 'At most 50 types can be defined.');

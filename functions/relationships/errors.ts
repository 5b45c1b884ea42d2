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
export const hierarchyCycle = problem(
  'conflict',
  'hierarchy.cycle',
  'The parent is below this account on some of these days. Choose another parent.',
);
export const hierarchyTooDeep = problem(
  'conflict',
  'hierarchy.too-deep',
  'An account can have at most 20 accounts above it. Choose a parent further up.',
);
export const typeBuiltIn = problem(
  'conflict',
  'relationship-type.built-in',
  'A built-in type cannot be redefined. Choose another name.',
);
export const tooManyTypes = problem(
  'conflict',
  'relationship-type.too-many',
  'The limit of 50 relationship types is reached. Redefine an existing type.',
);

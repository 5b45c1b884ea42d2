import { problem } from '../shared/http/api-error.ts';

export const customerErased = problem('gone', 'customer.erased', 'The customer was erased on request.');
export const customerMerged = problem('moved', 'customer.merged', 'The customer was merged into another one.');
export const computedAttribute = problem(
  'invalid',
  'attribute.computed',
  'The attribute is computed and cannot be set. Leave it out.',
);
export const attributeNotFound = problem('missing', 'attribute.not-found', 'No attribute is defined under this name.');
export const confidentialAttribute = problem(
  'forbidden',
  'attribute.confidential',
  'The request uses a confidential attribute. It requires the scope customers.confidential.',
);
export const purposeNotAllowed = problem(
  'forbidden',
  'purpose.not-allowed',
  'The token may not read for this purpose. See the `access` of the purpose.',
);

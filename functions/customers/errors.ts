import { problem } from '../shared/http/api-error.ts';
import { notFound } from '../shared/http/errors.ts';

export const customerNotFound = notFound('customer');
export const emailTaken = problem(
  'conflict',
  'customer.email-taken',
  'Another customer has this e-mail address. Use another address, or merge the two customers.',
);
export const externalIdTaken = problem(
  'conflict',
  'customer.external-id-taken',
  'Another customer has this external id. Use another id, or merge the two customers.',
);
export const identityTaken = problem(
  'conflict',
  'identity.taken',
  'Another customer has this identity. Use another one, or merge the two customers.',
);
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

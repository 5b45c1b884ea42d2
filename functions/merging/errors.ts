import { problem } from '../shared/http/api-error.ts';

export const mergeSourceNotFound = problem(
  'missing',
  'customer.not-found',
  'No customer has the id in `from`. Use the id of an existing customer.',
);
export const mergeSourceErased = problem('gone', 'customer.erased', 'The customer in `from` was erased on request.');
export const sameCustomer = problem(
  'invalid',
  'merge.same',
  'A customer cannot be merged into itself. Name another customer in `from`.',
);
export const kindsDiffer = problem(
  'invalid',
  'merge.kinds-differ',
  'A person and an organisation cannot be merged. Choose two customers of one kind.',
);
export const tooManyIdentifiers = problem('conflict', 'merge.too-many');
export const alreadyMerged = problem(
  'conflict',
  'merge.already-merged',
  'The customer in `from` is merged into another. Merge that one, whose id is in `into`.',
);
export const mergeUnderWay = problem(
  'conflict',
  'merge.under-way',
  'Records of this customer are still being moved by another merge. Try again.',
);
export const notMerged = problem(
  'conflict',
  'unmerge.not-merged',
  'The customer in `from` is not merged into another: there is nothing to undo.',
);
export const mergedElsewhere = problem('conflict', 'unmerge.merged-elsewhere');
export const incompleteAfterUnmerge = problem('conflict', 'unmerge.incomplete');

import { problem } from '../shared/http/api-error.ts';

export const mergeSourceNotFound = problem('missing', 'customer.not-found', 'No customer has the id in `from`.');
export const mergeSourceErased = problem('gone', 'customer.erased', 'The customer in `from` was erased on request.');
export const sameCustomer = problem('invalid', 'merge.same', '`from` is this customer. Give another customer.');
export const kindsDiffer = problem('invalid', 'merge.kinds-differ', 'A person and an organisation cannot be merged.');
export const tooManyIdentifiers = problem('conflict', 'merge.too-many');
export const alreadyMerged = problem(
  'conflict',
  'merge.already-merged',
  '`from` is already merged: use the id in `into`.',
);
export const mergeUnderWay = problem(
  'conflict',
  'merge.under-way',
  'Another merge is moving records of this customer. Try again later.',
);
/** refuses a request that can be repeated soon: most merges move their records within seconds */
export const underWay = () => mergeUnderWay(undefined, { retryAfter: 2 });
export const notMerged = problem('conflict', 'unmerge.not-merged', '`from` is not merged: there is nothing to undo.');
export const mergedElsewhere = problem('conflict', 'unmerge.merged-elsewhere');
export const incompleteAfterUnmerge = problem('conflict', 'unmerge.incomplete');

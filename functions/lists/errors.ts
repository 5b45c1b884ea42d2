import { problem } from '../shared/http/api-error.ts';

export const listNotFound = problem(
  'missing',
  'list.not-found',
  'This list does not exist, or is not shared with you.',
);
export const listNotYours = problem(
  'forbidden',
  'list.not-yours',
  'Only its owner can change a list. Copy it to change it.',
);
export const listDynamic = problem(
  'conflict',
  'list.dynamic',
  'The members of a dynamic list follow from its condition. Change the condition, or use a static list.',
);
export const tagsNotAList = problem('invalid', 'tags.no-list', '`attributes.tags` of this customer is not a list.');

export const targetNotFound = problem('missing', 'customer.not-found', 'This customer does not exist.');
export const targetErased = problem('gone', 'customer.erased', 'This customer was erased on request.');
export const targetBusy = problem('conflict', 'busy', 'Too many concurrent changes of this customer. Try again.');

export const bulkNotFound = problem('missing', 'bulk.not-found', 'This bulk change does not exist.');
export const bulkNotUndoable = problem('conflict', 'bulk.not-undoable');
export const bulkRunning = problem(
  'conflict',
  'bulk.running',
  'This bulk change is still running. Wait for it, or cancel its job.',
);
export const bulkTooLate = problem(
  'conflict',
  'bulk.too-late',
  'A bulk change can be undone for 30 days. What it changed is no longer stored.',
);
export const bulkUndone = problem('conflict', 'bulk.undone');

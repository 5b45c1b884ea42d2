import { problem } from '../shared/http/api-error.ts';

export const listNotFound = problem('missing', 'list.not-found', 'This list does not exist or is not shared with you.');
export const listNotYours = problem(
  'forbidden',
  'list.not-yours',
  'Only its owner can change a list. Copy it instead.',
);
export const listDynamic = problem(
  'conflict',
  'list.dynamic',
  'A dynamic list has no members to set: see its `where`.',
);
export const tagsNotAList = problem('invalid', 'tags.no-list', '`attributes.tags` of this customer is not a list.');

export const targetNotFound = problem('missing', 'customer.not-found', 'This customer does not exist.');
export const targetErased = problem('gone', 'customer.erased', 'This customer was erased on request.');

export const bulkNotFound = problem('missing', 'bulk.not-found', 'This bulk change does not exist.');
export const bulkNotUndoable = problem('conflict', 'bulk.not-undoable');
export const bulkRunning = problem(
  'conflict',
  'bulk.running',
  'The bulk change is still running. Wait for it, or cancel its job.',
);
export const bulkTooLate = problem('conflict', 'bulk.too-late', 'A bulk change can be undone within 30 days only.');
export const bulkUndone = problem('conflict', 'bulk.undone');

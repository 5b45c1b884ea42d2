import { serve } from '../shared/http/serve.ts';
import { listBulkChanges } from './bulk/list-bulk-changes.ts';
import { readBulk } from './bulk/read-bulk.ts';
import { startBulk } from './bulk/start-bulk.ts';
import { undoBulk } from './bulk/undo-bulk.ts';
import { changeList } from './change-list.ts';
import { routes } from './contract.ts';
import { copyList } from './copy-list.ts';
import { createList } from './create-list.ts';
import { findLists } from './find-lists.ts';
import { listMembers } from './list-members.ts';
import { listsOfCustomer } from './lists-of-customer.ts';
import { putMember } from './put-member.ts';
import { putMembers } from './put-members.ts';
import { readList } from './read-list.ts';
import { removeList } from './remove-list.ts';
import { removeMember } from './remove-member.ts';

export const handler = serve(routes, {
  createList,
  findLists,
  readList,
  changeList,
  removeList,
  listMembers,
  putMember,
  putMembers,
  copyList,
  removeMember,
  listsOfCustomer,
  startBulk,
  readBulk,
  listBulkChanges,
  undoBulk,
});

import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Customer } from '../customers/customer.ts';
import { computedAttribute, confidentialAttribute } from '../customers/errors.ts';
import { page, paging, route, type Use, warning, work } from '../shared/http/contract.ts';
import { Action, mostNamed, Target, Why } from './bulk/action.ts';
import { Bulk } from './bulk/bulk.ts';
import { BulkChange } from './bulk/bulk-log.ts';
import * as errors from './errors.ts';
import { List, ListFields } from './list.ts';

export const about = 'Lists of customers, static or by a condition; and one change of many customers.';

const example = {
  name: 'Owners in Singapore',
  kind: 'dynamic',
  where: { attribute: 'address.country', is: 'SG' },
  sharedWith: ['team:sales'],
};

const { name, where, description, sharedWith } = ListFields.shape;

const { listNotFound, listNotYours, listDynamic } = errors;
const changing = [listNotFound, listNotYours, listDynamic];

export const listRoutes = {
  createList: route('POST /v1/lists', {
    summary: 'Create a list of customers: a static one, or a dynamic one with a condition',
    scope: 'lists.write',
    body: ListFields,
    reply: warning(List),
    status: 201,
    location: ({ id }) => `/v1/lists/${id}`,
    errors: [confidentialAttribute],
    example,
  }),
  findLists: route('GET /v1/lists', {
    summary: 'List your own lists and those shared with you, latest first',
    scope: 'lists.read',
    query: z.strictObject(paging),
    reply: page(List),
  }),
  readList: route('GET /v1/lists/{id}', {
    summary: 'Read a list, with the number of its customers',
    scope: 'lists.read',
    reply: List.extend({
      size: z
        .int()
        .nullable()
        .describe(
          'customers on a static list, counted up to 5,000; null for a dynamic list, which is evaluated as it is read',
        ),
      sizeIsExact: z.boolean().describe('false where there are more than were counted'),
    }),
  }),
  changeList: route('PATCH /v1/lists/{id}', {
    summary: 'Change your own list (JSON Merge Patch; `where` is replaced as a whole); its kind cannot be changed',
    scope: 'lists.write',
    body: z.strictObject({
      name: name.optional(),
      where,
      description: description.unwrap().nullish(),
      sharedWith: sharedWith.unwrap().optional(),
    }),
    reply: warning(List),
    errors: [listNotFound, listNotYours, confidentialAttribute],
    example: { sharedWith: ['all'] },
  }),
  removeList: route('DELETE /v1/lists/{id}', {
    summary: 'Delete your own list; the customers on it stay',
    scope: 'lists.write',
    reply: List,
    errors: [listNotFound, listNotYours],
  }),
  copyList: route('POST /v1/lists/{id}/copy', {
    summary: 'Copy a list, as it is now, to a new static list; a job adds the customers',
    scope: 'lists.write',
    body: z.strictObject({ name, description, sharedWith }),
    reply: z.object({ list: List, job: Bulk }),
    status: 202,
    errors: [listNotFound],
    example: { name: 'Owners in Singapore, spring 2027' },
  }),
  listsOfCustomer: route('GET /v1/customers/{id}/lists', {
    summary: 'List the static lists that a customer is on',
    scope: 'lists.read',
    query: z.strictObject(paging),
    reply: page(List),
  }),
};

export const memberRoutes = {
  listMembers: route('GET /v1/lists/{id}/members', {
    summary:
      'List the customers on a list, latest first. A page of a dynamic list may hold fewer than `limit`: continue with its cursor',
    scope: 'lists.read',
    query: z.strictObject(paging),
    reply: page(Customer).extend({ looked: z.int().describe('customers that this page evaluated') }),
    errors: [listNotFound],
  }),
  exportMembers: route('GET /v1/lists/{id}/members.csv', {
    summary:
      'Export the customers on a list as CSV, a page at a time: the header `next-cursor` has the cursor of the next page, whose file has no line of column names',
    scope: 'lists.read',
    query: z.strictObject({
      ...paging,
      columns: z.string().max(2000).optional().describe('paths, such as `externalId,email,attributes.plan`'),
    }),
    reply: z.string(),
    produces: 'text/csv; charset=utf-8',
    errors: [listNotFound],
  }),
  putMember: route('PUT /v1/lists/{id}/members/{customerId}', {
    summary: 'Add a customer to a static list',
    scope: 'lists.write',
    reply: Customer,
    errors: changing,
  }),
  putMembers: route('POST /v1/lists/{id}/members', {
    summary: 'Add up to a thousand customers to a static list, with a result for each',
    scope: 'lists.write',
    body: z.strictObject({ customers: z.array(CustomerId).min(1).max(mostNamed) }),
    reply: z.object({
      added: z.int(),
      there: z.int().describe('already on the list'),
      failed: z.int(),
      results: z.array(
        z.object({
          customerId: z.string(),
          result: z.enum(['added', 'there', 'failed']),
          problem: z.object({ code: z.string(), message: z.string() }).optional(),
        }),
      ),
    }),
    errors: changing,
    example: { customers: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z'] },
  }),
  removeMember: route('DELETE /v1/lists/{id}/members/{customerId}', {
    summary: 'Remove a customer from a static list',
    scope: 'lists.write',
    reply: Customer,
    errors: changing,
  }),
};

export const bulkRoutes = {
  startBulk: route('POST /v1/bulk', {
    summary: 'Start a job that applies one action to many customers, or a dry run of it',
    scope: 'lists.write',
    body: z.strictObject({ target: Target, action: Action, dryRun: z.boolean().default(false), why: Why }),
    reply: warning(Bulk),
    status: 202,
    errors: [...changing, computedAttribute],
    example: {
      target: { where: { attribute: 'address.country', is: 'SG' } },
      action: { tag: 'roadshow-2027' },
      dryRun: true,
      why: 'invited to the roadshow',
    },
  }),
  readBulk: route('GET /v1/bulk/{id}', {
    summary: 'Read a bulk change: its progress, its counts, and a link to its report',
    scope: 'lists.read',
    reply: Bulk,
    errors: [errors.bulkNotFound],
  }),
  listBulkChanges: route('GET /v1/bulk/{id}/changes', {
    summary: 'List what a bulk change has changed so far, by customer; a page may be empty: continue with its cursor',
    scope: 'lists.read',
    query: z.strictObject({ cursor: paging.cursor }),
    reply: page(BulkChange.omit({ done: true, version: true })),
    errors: [errors.bulkNotFound],
  }),
  undoBulk: route('POST /v1/bulk/{id}/undo', {
    summary: 'Undo a bulk change, once, within 30 days, wherever a value was not changed since',
    scope: 'lists.write',
    body: z.strictObject({ why: Why }),
    reply: Bulk,
    status: 202,
    errors: [errors.bulkNotFound, errors.bulkNotUndoable, errors.bulkRunning, errors.bulkTooLate, errors.bulkUndone],
    example: { why: 'the wrong list was chosen' },
  }),
};

export const routes = { ...listRoutes, ...memberRoutes, ...bulkRoutes };

export const uses: Use[] = ['files'];

export const works = {
  bulk: work('changes many customers', ['files']),
  'bulk-undo': work('undoes a bulk change', ['files']),
  'clear-list': work('removes the members of a deleted list'),
};

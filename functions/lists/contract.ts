import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Customer } from '../customers/customer.ts';
import { page, paging, route, type Use, work } from '../shared/http/contract.ts';
import { Bulk } from './bulk/bulk.ts';
import { BulkChange } from './bulk/bulk-log.ts';
import { Deed, mostNamed, Over, Why } from './bulk/deed.ts';
import { List, ListFields } from './list.ts';

export const about = 'Customers under a name, by hand or by a condition; and one change made to many of them.';

const example = {
  name: 'Owners in Singapore',
  kind: 'dynamic',
  where: { attribute: 'address.country', is: 'SG' },
  sharedWith: ['group:sales'],
};

const { name, where, description, sharedWith } = ListFields.shape;

export const routes = {
  createList: route('POST /v1/lists', {
    summary: 'Begin a list of customers: static, or whoever a condition holds for',
    scope: 'customers.write',
    body: ListFields,
    reply: List,
    status: 201,
    location: ({ id }) => `/v1/lists/${id}`,
    errors: ['attribute.confidential'],
    example,
  }),
  findLists: route('GET /v1/lists', {
    summary: 'The lists that are one’s own or shared with one, latest first',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(List),
  }),
  readList: route('GET /v1/lists/{id}', { summary: 'Read a list', scope: 'customers.read', reply: List }),
  changeList: route('PATCH /v1/lists/{id}', {
    summary: 'Change a list of one’s own (JSON Merge Patch; `where` is replaced as a whole); its kind stays',
    scope: 'customers.write',
    body: z.strictObject({
      name: name.optional(),
      where,
      description: description.unwrap().nullish(),
      sharedWith: sharedWith.unwrap().optional(),
    }),
    reply: List,
    errors: ['list.not-found', 'list.not-yours', 'attribute.confidential'],
    example: { sharedWith: ['all'] },
  }),
  removeList: route('DELETE /v1/lists/{id}', {
    summary: 'Remove a list of one’s own; the customers on it stay',
    scope: 'customers.write',
    reply: List,
    errors: ['list.not-found', 'list.not-yours'],
  }),
  listMembers: route('GET /v1/lists/{id}/members', {
    summary:
      'The customers on a list, latest first. A page of a dynamic list may hold fewer than asked for: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Customer).extend({ looked: z.int().describe('customers that this page judged') }),
    errors: ['list.not-found'],
  }),
  putMember: route('PUT /v1/lists/{id}/members/{customerId}', {
    summary: 'Put a customer on a static list',
    scope: 'customers.write',
    reply: Customer,
    errors: ['list.not-found', 'list.not-yours', 'list.dynamic'],
  }),
  putMembers: route('POST /v1/lists/{id}/members', {
    summary: 'Put up to a thousand customers on a static list; each is answered for by itself',
    scope: 'customers.write',
    body: z.strictObject({ customers: z.array(CustomerId).min(1).max(mostNamed) }),
    reply: z.object({
      added: z.int(),
      there: z.int().describe('on the list before'),
      failed: z.int(),
      results: z.array(
        z.object({
          customerId: z.string(),
          result: z.enum(['added', 'there', 'failed']),
          problem: z.object({ code: z.string(), message: z.string() }).optional(),
        }),
      ),
    }),
    errors: ['list.not-found', 'list.not-yours', 'list.dynamic'],
    example: { customers: ['cus_01jd5e7k3m9q2r4t6v8w0x1y2z'] },
  }),
  copyList: route('POST /v1/lists/{id}/copy', {
    summary: 'Make a static list of who is on a list now; a job fills it',
    scope: 'customers.write',
    body: z.strictObject({ name, description, sharedWith }),
    reply: z.object({ list: List, job: Bulk }),
    status: 202,
    errors: ['list.not-found'],
    example: { name: 'Owners in Singapore, spring 2027' },
  }),
  removeMember: route('DELETE /v1/lists/{id}/members/{customerId}', {
    summary: 'Take a customer off a static list',
    scope: 'customers.write',
    reply: Customer,
    errors: ['list.not-found', 'list.not-yours', 'list.dynamic'],
  }),
  listsOfCustomer: route('GET /v1/customers/{id}/lists', {
    summary: 'The static lists that a customer is on',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(List),
  }),
  startBulk: route('POST /v1/bulk', {
    summary: 'Have one change made to many customers by a job, or try out what it would do',
    scope: 'customers.write',
    body: z.strictObject({ over: Over, do: Deed, dryRun: z.boolean().default(false), why: Why }),
    reply: Bulk,
    status: 202,
    errors: ['list.not-found', 'list.not-yours', 'list.dynamic', 'attribute.computed'],
    example: {
      over: { where: { attribute: 'address.country', is: 'SG' } },
      do: { tag: 'roadshow-2027' },
      dryRun: true,
      why: 'invited to the roadshow',
    },
  }),
  readBulk: route('GET /v1/bulk/{id}', {
    summary: 'How far a bulk change is, what it did, and a link to its report',
    scope: 'customers.read',
    reply: Bulk,
    errors: ['bulk.not-found'],
  }),
  listBulkChanges: route('GET /v1/bulk/{id}/changes', {
    summary: 'What a bulk change has changed so far, customer by customer; a page may be empty: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject({ cursor: paging.cursor }),
    reply: page(BulkChange.omit({ did: true, version: true })),
    errors: ['bulk.not-found'],
  }),
  undoBulk: route('POST /v1/bulk/{id}/undo', {
    summary: 'Take a bulk change back, once, within 30 days: wherever a value still is what it was made',
    scope: 'customers.write',
    body: z.strictObject({ why: Why }),
    reply: Bulk,
    status: 202,
    errors: ['bulk.not-found', 'bulk.not-undoable', 'bulk.running', 'bulk.too-late', 'bulk.undone'],
    example: { why: 'the wrong list was chosen' },
  }),
};

export const uses: Use[] = ['files'];

export const works = {
  bulk: work('changes many customers', ['files']),
  'bulk-undo': work('undoes a bulk change', ['files']),
  'clear-list': work('removes the members of a deleted list'),
};

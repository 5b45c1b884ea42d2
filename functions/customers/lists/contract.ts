import * as z from 'zod';
import { page, paging, route } from '../../shared/contract.ts';
import { Customer } from '../customer.ts';
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
    refuses: ['attribute.confidential'],
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
    refuses: ['list.not-found', 'list.not-yours', 'attribute.confidential'],
    example: { sharedWith: ['all'] },
  }),
  removeList: route('DELETE /v1/lists/{id}', {
    summary: 'Remove a list of one’s own; the customers on it stay',
    scope: 'customers.write',
    reply: List,
    refuses: ['list.not-found', 'list.not-yours'],
  }),
  listMembers: route('GET /v1/lists/{id}/members', {
    summary:
      'The customers on a list, latest first. A page of a dynamic list may hold fewer than asked for: its cursor goes on',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Customer).extend({ looked: z.int().describe('customers that this page judged') }),
    refuses: ['list.not-found'],
  }),
  putMember: route('PUT /v1/lists/{id}/members/{customerId}', {
    summary: 'Put a customer on a static list',
    scope: 'customers.write',
    reply: Customer,
    refuses: ['list.not-found', 'list.not-yours', 'list.dynamic'],
  }),
  removeMember: route('DELETE /v1/lists/{id}/members/{customerId}', {
    summary: 'Take a customer off a static list',
    scope: 'customers.write',
    reply: Customer,
    refuses: ['list.not-found', 'list.not-yours', 'list.dynamic'],
  }),
  listsOfCustomer: route('GET /v1/customers/{id}/lists', {
    summary: 'The static lists that a customer is on',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(List),
  }),
};

import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Customer } from '../customers/customer.ts';
import { Team } from '../organisation/team.ts';
import { Day, UserId } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Figures } from './figures.ts';

const read = { scope: 'relationships.read' } as const;

const Account = z.object({
  id: CustomerId,
  name: z.string(),
  parentId: CustomerId.nullable(),
  depth: z.int().describe('0 for the requested account, negative above it, positive below'),
});

export const accountRoutes = {
  readHierarchy: route('GET /v1/customers/{id}/hierarchy', {
    summary:
      'Read the accounts above and below an organisation on a day, by `parent` relationships, up to 20 levels each way',
    ...read,
    query: z.strictObject({
      on: Day.optional().describe('default: today, in UTC'),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    reply: z.object({
      on: Day,
      ancestors: z.array(Account).describe('nearest first'),
      accounts: z.array(Account).describe('the account and those below it, level by level'),
      more: z.boolean().describe('there are more accounts below'),
    }),
  }),
  readRollup: route('GET /v1/customers/{id}/rollup', {
    summary:
      'Sum up opportunities, orders, cases, assets and invoices of an account and those below it; `total` is that of the page',
    ...read,
    also: ['assets.read', 'finance.read', 'sales.read', 'service.read'],
    query: z.strictObject({
      on: Day.optional().describe('default: today, in UTC'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
      cursor: paging.cursor,
    }),
    reply: z.object({
      on: Day,
      items: z.array(
        Account.extend({
          ...Figures.shape,
          more: z.boolean().describe('the account has more than the latest 300 records, which are counted'),
        }),
      ),
      total: Figures,
      more: z.boolean().describe('the hierarchy exceeds the limit of 500 accounts or 20 levels'),
      nextCursor: z.string().nullable(),
    }),
  }),
  teamsOfCustomer: route('GET /v1/customers/{id}/teams', {
    summary: 'List the teams with a territory that includes a customer; a page may be shorter than `limit`',
    scope: 'relationships.read',
    query: z.strictObject(paging),
    reply: page(Team),
  }),
  assignOwner: route('POST /v1/customers/{id}/assign-owner', {
    summary: 'Assign the owner of a customer; null removes the owner',
    scope: 'relationships.write',
    body: z.strictObject({ userId: UserId.nullable() }),
    reply: Customer,
    example: { userId: '5f0c' },
  }),
};

import * as z from 'zod';
import { CustomerId } from '../../../events/ids.ts';
import { Customer } from '../../customers/customer.ts';
import { Team } from '../../organisation/team.ts';
import { Day, UserId } from '../../shared/fields.ts';
import { page, paging, route } from '../../shared/http/contract.ts';
import { Figures } from './figures.ts';

const read = { scope: 'customers.read' } as const;

const Account = z.object({
  id: CustomerId,
  name: z.string(),
  parentId: CustomerId.nullable(),
  depth: z.int().describe('0 for the account asked for, less above it, more below'),
});

export const accountRoutes = {
  readHierarchy: route('GET /v1/customers/{id}/hierarchy', {
    summary:
      'The accounts above and below an organisation on a day, by its `parent` relationships; 20 levels either way',
    ...read,
    query: z.strictObject({
      on: Day.optional().describe('today, in UTC, unless said'),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    reply: z.object({
      on: Day,
      ancestors: z.array(Account).describe('the nearest first'),
      accounts: z.array(Account).describe('itself and those below it, level by level'),
      more: z.boolean().describe('there are more below than are shown'),
    }),
  }),
  readRollup: route('GET /v1/customers/{id}/rollup', {
    summary:
      'Open opportunities, orders, cases, assets and what is owed, of an account and those below it, page by page of accounts; `total` adds up the page',
    ...read,
    query: z.strictObject({
      on: Day.optional().describe('today, in UTC, unless said'),
      limit: z.coerce.number().int().min(1).max(50).default(20),
      cursor: paging.cursor,
    }),
    reply: z.object({
      on: Day,
      items: z.array(
        Account.extend({
          ...Figures.shape,
          more: z.boolean().describe('it has more records than were counted: the latest 300'),
        }),
      ),
      total: Figures,
      more: z.boolean().describe('the hierarchy goes on beyond what can be rolled up: 500 accounts, 20 levels'),
      nextCursor: z.string().nullable(),
    }),
  }),
  teamsOfCustomer: route('GET /v1/customers/{id}/teams', {
    summary: 'The teams that look after a customer, by their territories; a page may show fewer than asked for',
    scope: 'customers.read',
    query: z.strictObject(paging),
    reply: page(Team),
  }),
  assignOwner: route('POST /v1/customers/{id}/assign-owner', {
    summary: 'Say who looks after a customer; null: nobody in particular',
    scope: 'customers.write',
    body: z.strictObject({ userId: UserId.nullable() }),
    reply: Customer,
    example: { userId: '5f0c' },
  }),
};

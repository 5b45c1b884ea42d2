import * as z from 'zod';
import { CustomerId } from '../../../../events/ids.ts';
import { route } from '../../../shared/contract.ts';
import { Day } from '../fields.ts';

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
};

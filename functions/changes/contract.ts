import * as z from 'zod';
import { internalTypes } from '../shared/events/subscribable.ts';
import { Instant, onAll, route } from '../shared/http/contract.ts';

export const about = 'The change feed: every event of a company in one order.';

const Change = z.object({
  sequence: z.int(),
  type: z.string(),
  id: z.string().describe('of the event'),
  at: Instant,
  about: z.string().describe('id of what it happened to'),
  customerId: z.string().nullable(),
  actor: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable().describe('null: it was erased'),
});

export type Change = z.output<typeof Change>;

const Types = z
  .string()
  .max(1000)
  .regex(/^[\w.*-]+(,[\w.*-]+)*$/, 'must be names of events with commas between them; * stands for any part')
  .optional();

export const routes = {
  readChanges: route('GET /v1/changes', {
    summary: 'Read what happened after a number of the change feed, in its order; nothing ever appears behind a number',
    scope: 'customers.read',
    query: z.strictObject({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0).describe('0: from the start'),
      types: Types.describe('such as order.*,case.opened; default: all that the caller may read'),
      limit: z.coerce.number().int().min(1).max(100).default(100),
    }),
    reply: z.object({
      items: z.array(Change),
      next: z.int().describe('the number to continue after: that of the last one that was looked at'),
    }),
  }),
};

export const subscriptions = {
  awaitNumber: onAll('puts an event in the change feed, where it gets its number', [], {
    except: internalTypes,
  }),
};

import * as z from 'zod';
import { Where } from '../../shared/conditions/event-condition.ts';
import { Duration } from '../../shared/time/duration.ts';

export const operations = ['count', 'sum', 'average', 'min', 'max', 'first', 'last'] as const;
export type Operation = (typeof operations)[number];

/** What a value is computed from: the same words as in conditions and triggers. */
export const Computed = z
  .strictObject({
    event: z
      .string()
      .min(1, 'is empty')
      .max(200)
      .describe('a type such as order.created or tracked.track, or the name of a tracked event such as Product Viewed'),
    where: Where.optional().describe('an event pattern over its data'),
    operation: z.enum(operations),
    path: z
      .string()
      .regex(/^[^.]+(?:\.[^.]+)*$/, 'must be a path such as properties.price')
      .max(200)
      .optional()
      .describe('the part of its data that is taken; of first and last its time unless said'),
    within: Duration.optional().describe('only what happened in so many days before now, such as P30D'),
  })
  .describe('nobody sets it: it is computed from what happens');
export type Computed = z.output<typeof Computed>;

import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { deduplicationDays, Instant, stamps } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import { Tallied } from './tallied.ts';

/** What the events of a customer come to for one attribute. */
export const Tally = z.object({
  customerId: CustomerId,
  attribute: z.string(),
  /** the definition that it is kept by, named by the job that began with it */
  of: z.string(),
  /** under which events are claimed: as `of`, or the job that computed this customer anew */
  run: z.string(),
  /** whether all that happened before is counted: until then its value is not shown */
  filled: z.boolean(),
  /** by day (UTC) where only what happened lately counts, else all together */
  buckets: z.record(z.string(), Tallied),
  /** when its value falls by itself next, and a timer says so */
  dueAt: Instant.optional(),
  version: stamps.version,
});
export type Tally = z.output<typeof Tally>;

export const tallies = entity('tally', Tally, {
  onErase: 'delete',
  area: 'profile',
  key: ({ customerId, attribute }: { customerId: string; attribute: string }) => ({
    of: ['customer', customerId],
    part: `computed#${attribute}`,
  }),
});

/** That an event is counted for an attribute. Live or from the timeline, whoever claims it first counts it. */
const Counted = z.object({ run: z.string(), attribute: z.string(), event: z.string(), at: Instant });

export const countedEvents = entity('counted-event', Counted, {
  onErase: 'not-personal',
  key: ({ run, attribute, event }: { run: string; attribute: string; event: string }) => ({
    of: ['counted', `${run}#${attribute}#${event}`],
    part: main,
  }),
  expires: ({ at }) => plus(at, `P${deduplicationDays}D`),
});

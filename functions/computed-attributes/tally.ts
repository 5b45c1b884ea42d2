import * as z from 'zod';
import { CustomerId, madeAt } from '../../events/ids.ts';
import { attributeOutdated } from '../../events/provenance.ts';
import type { ComputedDefinition } from '../customers/attributes/definitions.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { deduplicationDays, Instant, stamps } from '../shared/http/contract.ts';
import { type Change, insert, remove, schedule, update } from '../shared/store/changes.ts';
import { entity, main } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import { Aggregate, outdatedAt } from './aggregate.ts';

export const Tally = z.object({
  customerId: CustomerId,
  attribute: z.string(),
  /** the definition, named by the job that it began with */
  of: z.string(),
  /** under which events are claimed: as `of`, or the job that computed this customer again */
  run: z.string(),
  /** whether all events of the past are counted: until then its value is not shown */
  filled: z.boolean(),
  buckets: z.record(z.string(), Aggregate),
  /** when its value changes without an event, which a timer announces */
  dueAt: Instant.optional(),
  version: stamps.version,
});
export type Tally = z.output<typeof Tally>;

export const tallies = entity('tally', Tally, {
  onErase: 'delete',
  // events are counted again where they are moved to
  onMerge: { merge: tally => ({ changes: [removed(tally)] }) },
  area: 'profile',
  key: ({ customerId, attribute }: { customerId: string; attribute: string }) => ({
    of: ['customer', customerId],
    part: `computed#${attribute}`,
  }),
});

const removed = (tally: Tally): Change => remove(tallies, tally);

/** That an event is counted for an attribute, live or from the timeline: the first claim counts it. */
const Counted = z.object({ run: z.string(), attribute: z.string(), event: z.string(), at: Instant });

export const countedEvents = entity('counted-event', Counted, {
  onErase: 'not-personal',
  key: ({ run, attribute, event }: { run: string; attribute: string; event: string }) => ({
    of: ['counted', `${run}#${attribute}#${event}`],
    part: main,
  }),
  expires: ({ at }) => plus(at, `P${deduplicationDays}D`),
});

export type UnversionedTally = Omit<Tally, 'version'>;

export const newTally = (
  { id, createdAt }: StoredCustomer,
  { attribute, job }: ComputedDefinition,
  run = job,
): UnversionedTally => ({
  customerId: id,
  attribute,
  of: job,
  run,
  // a customer that is younger than the definition has no events of before
  filled: run === job && createdAt > madeAt(job),
  buckets: {},
});

/** writes a tally, and a timer for when its value changes without an event */
export const putTally = (was: Tally | undefined, is: UnversionedTally, { computed }: ComputedDefinition): Change[] => {
  const { customerId, attribute } = is;
  const due = outdatedAt(computed, customerId, is.buckets);
  const { dueAt: before, ...rest } = is;
  // an earlier timer sets the next one itself
  const isNew = due !== undefined && (before === undefined || due < before);
  const dueAt = isNew ? due : before;
  const after: Tally = { ...rest, ...(dueAt ? { dueAt } : {}), version: (was?.version ?? 0) + 1 };
  return [
    was ? update(tallies, was, after) : insert(tallies, after),
    ...(isNew ? [schedule(due, attributeOutdated, { customerId, about: customerId, data: { attribute } })] : []),
  ];
};

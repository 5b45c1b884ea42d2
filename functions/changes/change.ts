import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { entity, eventPart, type Place, shardOf } from '../shared/store/entity.ts';

const Reference = z.object({
  id: z.string(),
  type: z.string(),
  at: Instant,
  customerId: z.string().nullable(),
  about: z.string(),
});
export type Reference = z.output<typeof Reference>;

/** An event that has no number yet. */
const Waiting = Reference.extend({ version: z.literal(1) });
export type Waiting = z.output<typeof Waiting>;

export const waitingShards = 4;

export const shardWaiting = (shard: number): Place['of'] => ['change-waiting', String(shard)];

export const waiting = entity('change-waiting', Waiting, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: shardWaiting(shardOf(id, waitingShards)), part: id }),
});

/** An event in its place in the feed. */
export const Numbered = Reference.extend({ sequence: z.int() });
export type Numbered = z.output<typeof Numbered>;

const perPartition = 10_000;

export const numbered = entity('change', Numbered, {
  onErase: 'not-personal',
  key: ({ sequence }: { sequence: number }) => ({
    of: ['change', String(Math.floor(sequence / perPartition))],
    part: String(sequence).padStart(15, '0'),
  }),
});

const Counter = z.object({ last: z.int(), version: z.int() });

export const lastNumber = entity('change-counter', Counter, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['change', 'last'], part: '~' }),
});

/** where the event itself is stored; a merge may have moved it to another customer */
export const placeOfEvent = ({ id, at, about }: Reference, customerId: string | null): Place => ({
  of: customerId ? ['customer', customerId] : ['log', about],
  part: eventPart(at, id),
});

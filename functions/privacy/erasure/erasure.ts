import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';

const Covered = z.object({
  area: z.string().describe('timeline, messages, cases …'),
  what: z.string().describe('removed or anonymised'),
  count: z.int(),
});

export const Erasure = z.object({
  id: idOf('erasure'),
  customerId: CustomerId,
  merged: z.array(CustomerId),
  state: z.enum(['running', 'done']),
  reason: z.string(),
  requestedBy: z.string(),
  at: Instant,
  finishedAt: Instant.nullable(),
  covered: z.array(Covered),
  ...stamps,
});
export type Erasure = z.output<typeof Erasure>;

export const erasures = entity('erasure', Erasure, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

const Elsewhere = z.object({ where: z.string(), until: z.string().describe('when it is deleted there') });

export const Receipt = Erasure.omit({ version: true, createdAt: true, updatedAt: true }).extend({
  tenant: z.string(),
  elsewhere: z.array(Elsewhere).describe('what this erasure cannot change, and for how long it exists'),
  keyId: z.string().nullable(),
  signature: z
    .string()
    .nullable()
    .describe(
      'Ed25519, base64url, over the receipt without `signature` as canonical JSON (RFC 8785); null until it is done',
    ),
});
export type Receipt = z.output<typeof Receipt>;

export const tallyOf = (erasureId: string): [kind: string, id: string] => ['erasure-tally', erasureId];

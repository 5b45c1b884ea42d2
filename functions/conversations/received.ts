import { createHash } from 'node:crypto';
import * as z from 'zod';
import { CaseId, CustomerId, idOf } from '../../events/ids.ts';
import { Address, Letter } from '../service/cases/case.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

export const outcomes = [
  'case',
  'thread',
  'automatic',
  'bounce',
  'delivery-report',
  'complaint',
  'duplicate',
  'quarantined',
] as const;

export const Bounce = z.object({
  recipient: z.string(),
  action: z.string(),
  status: z.string().nullable(),
  hard: z.boolean().describe('whether the address or its host does not exist'),
  reason: z.string(),
});

/** What arrived, and what became of it. The text of what became a message of a case is there. */
export const Received = z.object({
  id: idOf('inbound'),
  channel: z.string(),
  outcome: z.enum(outcomes),
  automatic: Letter.shape.automatic,
  /** why it was quarantined or set aside */
  reason: z.string().nullable(),
  mailbox: z.string().nullable(),
  customerId: CustomerId.nullable(),
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  subject: z.string(),
  text: z.string(),
  caseId: CaseId.nullable(),
  messageId: z.string().nullable(),
  bounce: z.array(Bounce).optional(),
  raw: z.string().nullable(),
  ...stamps,
});
export type Received = z.output<typeof Received>;

/** where the files of what joined no case are */
export const filesOfReceived = (id: string) => `conversations/${id}/`;

export const received = entity('inbound', Received, {
  onMerge: 'follow',
  onErase: ({ id }) => ({ files: [filesOfReceived(id)] }),
  area: 'cases',
  owner: ({ customerId }) => customerId,
  lists: { unopened: { by: ({ caseId }) => (caseId ? undefined : 'all'), shards: 2 } },
  expires: ({ createdAt }) => plus(createdAt, 'P400D'),
});

/** how long what opened nothing is kept */
export const keptFor = 'P90D';

/** how many messages of one sender are answered in such a time */
export const loop = { most: 20, within: 'PT1H' };

/** when a sender wrote lately; changed by each message, so that of two at once one is decided again */
const Sender = z.object({ id: z.string(), at: z.array(Instant), version: z.int() });

export const senders = entity('sender', Sender, {
  onErase: 'not-personal', // a digest
  expires: ({ at }) => plus(at.at(-1) ?? '', 'P1D'),
});

export const senderId = (channel: string, address: string) =>
  createHash('sha256').update(`${channel} ${address}`).digest('base64url').slice(0, 26);

import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { deliveryDue } from '../../events/subscription.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import type { WebhookFailure } from '../shared/http/webhook.ts';
import { type Change, schedule, updated } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

const Attempt = z.object({
  at: Instant,
  status: z.int().describe('of the reply, where there was one').optional(),
  problem: z.string().optional(),
});

/** An event for a webhook, with what came of it. */
export const Delivery = z.object({
  id: idOf('delivery'),
  webhookId: idOf('webhook'),
  eventId: z.string(),
  type: z.string(),
  state: z.enum(['pending', 'delivered', 'failed']),
  attempts: z.array(Attempt),
  nextAttemptAt: Instant.nullable(),
  ...stamps,
});

export const StoredDelivery = Delivery.extend({ customerId: z.string().nullable(), body: z.string() });
export type StoredDelivery = z.output<typeof StoredDelivery>;

export const deliveries = entity('delivery', StoredDelivery, {
  onMerge: 'stay',
  onErase: 'delete',
  lists: {
    webhook: { by: ({ webhookId }) => webhookId, sort: ({ createdAt }) => createdAt },
    customer: { by: ({ customerId }) => customerId ?? undefined },
  },
  expires: ({ createdAt }) => plus(createdAt, 'P30D'),
});

/** times between attempts, those that Standard Webhooks suggests: two days and a half in all */
const pauses = ['PT5S', 'PT5M', 'PT30M', 'PT2H', 'PT5H', 'PT10H', 'PT14H', 'PT20H', 'PT24H'];

/** each pause is up to a fifth longer, by the delivery: not all come back at once */
const spread = (id: string) => 1 + (Number.parseInt(id.slice(-4), 32) % 100 || 0) / 500;

const dueAfter = ({ id }: StoredDelivery, attempts: number, now: string) => {
  const pause = pauses[attempts - 1];
  if (!pause) return null;
  const ms = Date.parse(plus(now, pause)) - Date.parse(now);
  return new Date(Date.parse(now) + Math.round(ms * spread(id))).toISOString();
};

export const timerFor = ({ id, customerId }: StoredDelivery, attempt: number, at: string): Change =>
  schedule(at, deliveryDue, { customerId, about: id, data: { attempt } });

/** A delivery after an attempt: delivered, tried again later, or given up. Pure. */
export const attempted = (before: StoredDelivery, failure: WebhookFailure | undefined, now: string, isOver = false) => {
  const attempt = {
    at: now,
    ...(failure ? { problem: failure.reason, ...(failure.status ? { status: failure.status } : {}) } : {}),
  };
  const attempts = [...before.attempts, attempt].slice(-20);
  if (!failure) return updated(now, before, { state: 'delivered', attempts, nextAttemptAt: null });
  const nextAttemptAt = isOver ? null : dueAfter(before, attempts.length, now);
  return updated(now, before, { state: nextAttemptAt ? 'pending' : 'failed', attempts, nextAttemptAt });
};

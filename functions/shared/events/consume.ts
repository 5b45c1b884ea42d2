import middy from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod';
import { detailOf } from '../../../events/define.ts';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { showAgain } from '../aws/show-again.ts';
import { type Ctx, ctxOf } from '../http/context.ts';
import { deduplicationDays, type Reaction, type Subscription } from '../http/contract.ts';
import { tenantName } from '../http/principal.ts';
import { main, placeKey } from '../store/entity.ts';
import { isConflict, retryOnConflict } from '../store/retry-on-conflict.ts';
import type { Store } from '../store/store.ts';
import { absent, type Step } from '../store/transaction.ts';
import { clock } from '../time/clock.ts';
import { busSettings } from './bus-sources.ts';
import { type Subscribing, subscribesTo } from './subscribes-to.ts';

const Envelope = z.looseObject({ source: z.string(), 'detail-type': z.string(), detail: z.looseObject({}) });

type Envelope = z.output<typeof Envelope>;

const Anything = z.unknown();

class AlreadyDone extends Error {}

type Bare = { tenant: string; id: string };

const claim = (reaction: string, { tenant, id }: Bare, now: string): Step => ({
  write: {
    Put: {
      TableName: env.table(),
      Item: {
        ...placeKey(tenant, { of: ['once', `${reaction}#${id}`], part: main }),
        kind: 'once',
        expiresAt: Math.floor(Date.parse(now) / 1000) + deduplicationDays * 86_400,
      },
      ...absent(now),
    },
  },
  failed: () => new AlreadyDone(),
});

const deliveryOf = ({ attributes }: SQSRecord) => Number(attributes?.ApproximateReceiveCount ?? 1);

type Options = {
  /** false: the reaction commits more than once and detects repetitions by its own state */
  once?: boolean;
};

type Deliver = (envelope: Envelope, record: SQSRecord, timeLeft: () => number) => Promise<void>;

/** A reaction as its function runs it. */
export type Consumer = { name: string; subscription: Subscription; deliver: Deliver };

/** A reaction whose code is loaded with the first event that is for it. */
export type Part = { name: string; subscription: Subscribing; load: () => Promise<{ reaction: Consumer }> };

/** A reaction to events of Rapport. Each event takes effect once, however often it is delivered. */
export const consume = <H extends Subscription>(
  name: string,
  subscription: H,
  react: Reaction<H>,
  { once = true }: Options = {},
): Consumer => {
  const deliver: Deliver = async ({ source, 'detail-type': type, detail: given }, record, timeLeft) => {
    const detail = detailOf(subscription.events.find(({ name }) => name === type)?.data ?? Anything).parse(given);
    const now = clock();
    // the claim of the event joins the first transaction: a repeated delivery finds it there and cancels
    let claimed = false;
    const claimOnce = () => {
      if (claimed || !once) return [];
      claimed = true;
      return [claim(name, detail, now)];
    };
    const decide = () => {
      claimed = false;
      const ctx = ctxOf({
        tenant: detail.tenant,
        actor: `rapport:${name}`,
        now,
        cause: detail.id,
        replyChanges: claimOnce,
        timeLeft,
        delivery: deliveryOf(record),
      });
      return react({ type, source, ...detail } as never, ctx);
    };
    try {
      await retryOnConflict(decide, isConflict);
    } catch (error) {
      if (!(error instanceof AlreadyDone)) throw error;
    }
  };
  return { name, subscription, deliver };
};

/** seconds: a queue gives up after five deliveries, so the later ones are far apart */
const waitAfter = (delivery: number) => Math.ceil(Math.min(3 ** delivery, 150) * (0.5 + Math.random() / 2));

const subscribing = (parts: Part[], { source, 'detail-type': type, detail }: Envelope) => {
  const { kind, event: name } = (detail.data ?? {}) as { kind?: unknown; event?: unknown };
  return parts.filter(({ subscription }) => subscribesTo(subscription, { source, type, kind, name }));
};

/** before the function ends: what others did of its batch is not to be done again */
const reserveMs = 2_000;

/** fails what does not end in time alone */
const inTime = async <T>(work: Promise<T>, timeLeft: () => number): Promise<T> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('took too long')), Math.max(0, timeLeft() - reserveMs));
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** the errors of the reactions that an event is for; one that is done does nothing when the event comes again for another */
const failuresOf = async (parts: Part[], record: SQSRecord, timeLeft: () => number) => {
  const envelope = Envelope.parse(JSON.parse(record.body));
  const matching = subscribing(parts, envelope);
  const deliver = async ({ load }: Part) => (await load()).reaction.deliver(envelope, record, timeLeft);
  const settled = await Promise.allSettled(matching.map(part => inTime(deliver(part), timeLeft)));
  return settled.flatMap((outcome, nth) =>
    outcome.status === 'rejected' ? [{ reaction: matching[nth]?.name, error: outcome.reason as unknown }] : [],
  );
};

/** a reaction by itself */
export const reacting = (consumer: Consumer) =>
  reactions([{ ...consumer, load: () => Promise.resolve({ reaction: consumer }) }]);

/**
 * The Lambda handler of reactions that share a queue. A message that failed for one of them goes back to the queue alone, and
 * after its last attempt to the dead-letter queue.
 */
export const reactions = (parts: Part[]) =>
  middy<SQSEvent, SQSBatchResponse>(async ({ Records }: SQSEvent, context: Context) => {
    const timeLeft = () => context.getRemainingTimeInMillis();
    const failed = await Promise.all(
      Records.map(async record => {
        const { messageId } = record;
        const failures = await failuresOf(parts, record, timeLeft).catch(error => [{ reaction: undefined, error }]);
        for (const { reaction, error } of failures)
          log('error', 'reaction failed', { reaction, messageId, ...faultOf(error) });
        // what lost a race need not wait as long as a function that was stopped
        if (failures.length && failures.every(({ error }) => isConflict(error)))
          await showAgain(record, waitAfter(deliveryOf(record)));
        return failures.length ? [{ itemIdentifier: messageId }] : [];
      }),
    );
    return { batchItemFailures: failed.flat() };
  });

const ExternalEvent = z.object({
  id: z.string(),
  source: z.string(),
  time: z.iso.datetime(),
  'detail-type': z.string(),
  detail: z.looseObject({}),
});

export type ExternalEvent = z.output<typeof ExternalEvent>;

/** A reaction to external events: it detects repetitions itself. */
export const consumeExternal = (
  name: string,
  subscription: Subscription,
  react: (event: ExternalEvent, now: string) => Promise<void>,
): Consumer => ({
  name,
  subscription,
  deliver: async envelope => react(ExternalEvent.parse(envelope), clock()),
});

/** Whether a system that puts events on the bus under this source acts for the tenant. Undecided: yes, where there is one tenant. */
const actsFor = async (store: Store, source: string) => {
  const { sources } = await busSettings.of(store);
  return sources ? sources.includes(source) : !env.busSourcesNamed();
};

/** The same for events that a company's own systems put on the bus: each is handled for the company that it names. */
export const consumeReported = (
  name: string,
  subscription: Subscription,
  react: (event: ExternalEvent, ctx: Ctx) => Promise<void>,
) =>
  consumeExternal(name, subscription, async (event, now) => {
    const { id, source, 'detail-type': type, detail } = event;
    const { tenant } = detail;
    if (typeof tenant !== 'string' || !tenantName.test(tenant)) {
      return log('warn', 'an external event has no valid tenant', { id, type });
    }
    const ctx = ctxOf({ tenant, actor: `source:bus:${source}`.slice(0, 200).toWellFormed(), now });
    if (!(await actsFor(ctx.store, source))) {
      return log('warn', 'an external event came from a source that the tenant does not name', { id, type, tenant });
    }
    await react(event, ctx);
  });

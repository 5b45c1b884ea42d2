import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { batchesOf } from '../aws/batches.ts';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { batchGet } from '../store/batch-get.ts';
import { main, placeKey } from '../store/entity.ts';
import { historyOf } from './history.ts';
import { interest } from './interest.ts';
import { willPass } from './will-pass.ts';

const bus = new EventBridgeClient({});

/** batches on their way at a time: events of one company do not wait for those of another */
const atOnce = 10;

/** an event as it is stored: of the timeline, or a timer */
export type Stored = {
  source: string;
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: the document was checked when it was written
  doc: { id: string; tenant: string } & Record<string, any>;
  quiet?: boolean;
  past?: boolean;
};

export type Outgoing = {
  /** of the record or message that brought it */
  id: string;
  entry: PutEventsRequestEntry & { Detail: string };
  tenant: string;
  type: string;
  name?: string;
  quiet: boolean;
  /** something of ours reacts to it: not to what nobody is known to have done */
  always: boolean;
};

/** what a company's events wait behind each other in: what a campaign sends in bulk holds up nothing else */
export const laneOf = ({ tenant, data }: Stored['doc']): string =>
  typeof data?.campaignId === 'string' ? `${tenant}#${data.campaignId}`.slice(0, 128) : tenant;

export const outgoing = (id: string, { source, type, doc, quiet = false, past = false }: Stored): Outgoing => {
  if (typeof doc?.tenant !== 'string') throw new TypeError('the event names no company');
  return {
    id,
    tenant: doc.tenant,
    type,
    name: doc.data?.event,
    quiet: quiet || past || interest.counted(type),
    always: Boolean(doc.customerId) && interest.always(type, doc.data?.event),
    entry: {
      EventBusName: env.bus(),
      Source: past ? historyOf(source) : source,
      DetailType: type,
      Time: new Date(doc.occurredAt),
      Detail: JSON.stringify({ ...doc, lane: laneOf(doc) }),
    },
  };
};

export const skip = (id: string, why: object) => log('error', 'event skipped', { id, ...why });

const countedAt = ({ tenant, type, name }: Outgoing) =>
  interest.keys(type, name).map(key => ({ key, ...placeKey(tenant, { of: interest.counters(key), part: main }) }));

/** tracked behaviour, quiet events and history are published only when something subscribes to them; everything else always */
const wanted = async (events: Outgoing[]): Promise<Outgoing[]> => {
  const counted = events.filter(({ quiet }) => quiet).flatMap(countedAt);
  const counters = await batchGet(
    undefined,
    counted.map(({ pk, sk }) => ({ pk, sk })),
  );
  const subscribed = ({ key, ...place }: (typeof counted)[number]) => Number(counters(place)?.[key] ?? 0) > 0;
  return events.filter(one => !one.quiet || one.always || countedAt(one).some(subscribed));
};

type Failure = { nth: number; error: Error };

/** puts a batch on the bus; gives the first event that was rejected and may be accepted later */
const put = async (batch: Outgoing[]): Promise<Failure | undefined> => {
  try {
    const { Entries = [] } = await bus.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
    const failures = Entries.flatMap(({ ErrorCode: name, ErrorMessage }, nth) =>
      name ? [{ nth, error: Object.assign(new Error(ErrorMessage), { name }) }] : [],
    );
    for (const { nth, error } of failures) if (!willPass(error)) skip(batch[nth]!.id, faultOf(error));
    return failures.find(({ error }) => willPass(error));
  } catch (error) {
    return oneByOne(batch, error);
  }
};

/** what a service refused as a whole for one of them */
const oneByOne = async (batch: Outgoing[], error: unknown): Promise<Failure | undefined> => {
  if (willPass(error)) return { nth: 0, error: error as Error };
  if (batch.length === 1) skip(batch[0]!.id, faultOf(error));
  else
    for (const [nth, one] of batch.entries()) {
      const failed = await put([one]);
      if (failed) return { ...failed, nth };
    }
  return undefined;
};

/** Publishes events on the bus, at least once. Gives the ids of those that are to be tried again. */
export const publish = async (events: Outgoing[]): Promise<string[]> => {
  const batches = batchesOf(await wanted(events), ({ entry }) => entry.Detail);
  const left = await mapConcurrent(batches, atOnce, async batch => {
    const failed = await put(batch);
    if (!failed) return [];
    log('warn', 'an event was not taken', faultOf(failed.error));
    return batch.slice(failed.nth).map(({ id }) => id);
  });
  return left.flat();
};

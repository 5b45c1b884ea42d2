import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { batchGet } from '../store/batch-get.ts';
import { main, placeKey } from '../store/entity.ts';
import { historyOf } from './history.ts';
import { interest } from './interest.ts';
import { willPass } from './will-pass.ts';

const bus = new EventBridgeClient({});

const most = { entries: 10, bytes: 240_000 };

type Outgoing = {
  sequence: string;
  entry: PutEventsRequestEntry;
  tenant: string;
  type: string;
  name?: string;
  quiet: boolean;
};

const skip = (record: string, why: object) => log('error', 'event skipped', { record, ...why });

/** none where a record is no event: it is skipped, so that it does not hold up its shard of the stream */
const outgoingIn = (record: DynamoDBRecord): Outgoing[] => {
  try {
    return [eventIn(record)];
  } catch (error) {
    skip(JSON.stringify(record.dynamodb?.Keys), faultOf(error));
    return [];
  }
};

const eventIn = (record: DynamoDBRecord): Outgoing => {
  const { source, type, doc, quiet = false, past = false } = unmarshall(record.dynamodb?.NewImage as never);
  if (typeof doc?.tenant !== 'string') throw new TypeError('the event names no company');
  return {
    sequence: record.dynamodb?.SequenceNumber ?? '',
    tenant: doc.tenant,
    type,
    name: doc.data?.event,
    quiet: quiet || past || interest.counted(type),
    entry: {
      EventBusName: env.bus(),
      Source: past ? historyOf(source) : source,
      DetailType: type,
      Time: new Date(doc.occurredAt),
      Detail: JSON.stringify(doc),
    },
  };
};

const countedAt = ({ tenant, type, name }: Outgoing) =>
  interest.keys(type, name).map(key => ({ key, ...placeKey(tenant, { of: interest.counters(key), part: main }) }));

/** tracked behaviour, quiet events and history are published only when something subscribes to them; everything else always */
const wanted = async (events: Outgoing[]): Promise<Outgoing[]> => {
  const counted = events.filter(({ quiet }) => quiet).flatMap(countedAt);
  const counters = await batchGet(counted.map(({ pk, sk }) => ({ pk, sk })));
  const subscribed = ({ key, ...place }: (typeof counted)[number]) => Number(counters(place)?.[key] ?? 0) > 0;
  return events.filter(one => !one.quiet || interest.always(one.type, one.name) || countedAt(one).some(subscribed));
};

const batches = (events: Outgoing[]) => {
  const cut: Outgoing[][] = [];
  let bytes = 0;
  for (const one of events) {
    const size = Buffer.byteLength(one.entry.Detail ?? '');
    const last = cut.at(-1);
    if (!last || last.length === most.entries || bytes + size > most.bytes) {
      cut.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return cut;
};

type Failure = { nth: number; error: Error };

/** puts a batch on the bus; gives the first event that was rejected and may be accepted later */
const put = async (batch: Outgoing[]): Promise<Failure | undefined> => {
  try {
    const { Entries = [] } = await bus.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
    const failures = Entries.flatMap(({ ErrorCode: name, ErrorMessage }, nth) =>
      name ? [{ nth, error: Object.assign(new Error(ErrorMessage), { name }) }] : [],
    );
    for (const { nth, error } of failures) if (!willPass(error)) skip(batch[nth]!.sequence, faultOf(error));
    return failures.find(({ error }) => willPass(error));
  } catch (error) {
    if (willPass(error)) return { nth: 0, error: error as Error };
    if (batch.length === 1) skip(batch[0]!.sequence, faultOf(error));
    else
      for (const [nth, one] of batch.entries()) {
        const failed = await put([one]);
        if (failed) return { ...failed, nth };
      }
    return undefined;
  }
};

/** The outbox's other half: puts the events that the store's stream shows on the bus, at least once, in order of writing. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }: DynamoDBStreamEvent) => {
  for (const batch of batches(await wanted(Records.flatMap(outgoingIn)))) {
    const failed = await put(batch);
    if (!failed) continue;
    log('warn', 'the bus rejected an event', faultOf(failed.error));
    return { batchItemFailures: [{ itemIdentifier: batch[failed.nth]!.sequence }] };
  }
  return { batchItemFailures: [] };
});

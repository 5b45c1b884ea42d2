import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { log } from '../aws/log.ts';
import { batchGet } from '../store/batch-get.ts';
import { main, placeKey } from '../store/entity.ts';
import { historyOf } from './history.ts';
import { interest } from './interest.ts';

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

const outgoingIn = (record: DynamoDBRecord): Outgoing => {
  const { source, type, doc, quiet = false, past = false } = unmarshall(record.dynamodb?.NewImage as never);
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
  return events.filter(one => !one.quiet || countedAt(one).some(subscribed));
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

/** The outbox's other half: puts the events that the store's stream shows on the bus, at least once, in order of writing. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }: DynamoDBStreamEvent) => {
  for (const batch of batches(await wanted(Records.map(outgoingIn)))) {
    const { Entries = [] } = await bus.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
    const failed = Entries.findIndex(({ ErrorCode }) => ErrorCode);
    if (failed < 0) continue;
    log('warn', 'the bus rejected an event', { code: Entries[failed]?.ErrorCode });
    return { batchItemFailures: [{ itemIdentifier: batch[failed]!.sequence }] };
  }
  return { batchItemFailures: [] };
});

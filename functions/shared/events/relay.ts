import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { log } from '../aws/log.ts';
import { batchGet } from '../store/batch-get.ts';
import { main, placeKey } from '../store/entity.ts';
import { interest } from './interest.ts';

const bus = new EventBridgeClient({});

/** limits of one PutEvents call */
const most = { entries: 10, bytes: 240_000 };

type Said = {
  sequence: string;
  entry: PutEventsRequestEntry;
  tenant: string;
  type: string;
  name?: string;
  /** published only when somebody listens */
  quiet: boolean;
};

const saidIn = (record: DynamoDBRecord): Said => {
  const { source, type, doc, quiet = false } = unmarshall(record.dynamodb?.NewImage as never);
  return {
    sequence: record.dynamodb?.SequenceNumber ?? '',
    tenant: doc.tenant,
    type,
    name: doc.data?.event,
    quiet: quiet || interest.counted(type),
    entry: {
      EventBusName: env.bus(),
      Source: source,
      DetailType: type,
      Time: new Date(doc.occurredAt),
      Detail: JSON.stringify(doc),
    },
  };
};

/** where the counters lie that say whether somebody listens to a behaviour */
const countedAt = ({ tenant, type, name }: Said) =>
  interest.keys(type, name).map(key => ({ key, ...placeKey(tenant, { of: interest.counters(key), part: main }) }));

/** tracked behaviour, and what is said quietly, is published only when something listens to it; everything else always */
const wanted = async (said: Said[]): Promise<Said[]> => {
  const asked = said.filter(({ quiet }) => quiet).flatMap(countedAt);
  const counters = await batchGet(asked.map(({ pk, sk }) => ({ pk, sk })));
  const listened = ({ key, ...place }: (typeof asked)[number]) => Number(counters(place)?.[key] ?? 0) > 0;
  return said.filter(one => !one.quiet || countedAt(one).some(listened));
};

const batches = (said: Said[]) => {
  const cut: Said[][] = [];
  let bytes = 0;
  for (const one of said) {
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
  for (const batch of batches(await wanted(Records.map(saidIn)))) {
    const { Entries = [] } = await bus.send(new PutEventsCommand({ Entries: batch.map(({ entry }) => entry) }));
    const failed = Entries.findIndex(({ ErrorCode }) => ErrorCode);
    if (failed < 0) continue;
    log('warn', 'bus refused an event', { code: Entries[failed]?.ErrorCode });
    return { batchItemFailures: [{ itemIdentifier: batch[failed]!.sequence }] };
  }
  return { batchItemFailures: [] };
});

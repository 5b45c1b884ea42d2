import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { faultOf } from '../aws/log.ts';
import { type Outgoing, outgoing, publish, type Stored, skip } from './publish.ts';

/** none where a record is no event: it is skipped, so that it does not hold up its shard of the stream */
const eventsIn = ({ dynamodb = {} }: DynamoDBRecord): Outgoing[] => {
  try {
    return [outgoing(dynamodb.SequenceNumber ?? '', unmarshall(dynamodb.NewImage as never) as Stored)];
  } catch (error) {
    skip(JSON.stringify(dynamodb.Keys), faultOf(error));
    return [];
  }
};

/** The outbox's other half: publishes the events that the store's stream shows, at least once. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }: DynamoDBStreamEvent) => {
  const [first] = await publish(Records.flatMap(eventsIn));
  return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
});

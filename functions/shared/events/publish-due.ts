import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { faultOf, log } from '../aws/log.ts';
import { type Outgoing, outgoing, publish, type Stored } from './publish.ts';

const eventIn = ({ messageId, body }: SQSRecord): Outgoing | undefined => {
  try {
    return outgoing(messageId, JSON.parse(body) as Stored);
  } catch (error) {
    log('error', 'event unreadable', { messageId, ...faultOf(error) });
    return undefined;
  }
};

/** Publishes the timers that are due, and the events that operators publish again. */
export const handler = middy<SQSEvent, SQSBatchResponse>(async ({ Records }: SQSEvent) => {
  const events = Records.map(eventIn);
  const unreadable = Records.filter((_, nth) => !events[nth]).map(({ messageId }) => messageId);
  const left = await publish(events.filter(event => event !== undefined));
  return { batchItemFailures: [...unreadable, ...left].map(itemIdentifier => ({ itemIdentifier })) };
});

import type { SQSRecord } from 'aws-lambda';
import { env } from './env.ts';
import { jsonApi } from './json-api.ts';
import { faultOf, log } from './log.ts';

let queues: ReturnType<typeof jsonApi> | undefined;

const sqs = () => (queues ??= jsonApi({ service: 'sqs', target: 'AmazonSQS', endpoint: env.queuesEndpoint() }));

/** Has its queue deliver a message again after some seconds, instead of the visibility timeout of the queue. */
export const showAgain = async ({ eventSourceARN, receiptHandle }: SQSRecord, seconds: number): Promise<void> => {
  const [, , , region = '', account, name] = eventSourceARN.split(':');
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  try {
    const change = { QueueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
    await sqs()('ChangeMessageVisibility', JSON.stringify(change));
  } catch (error) {
    // it is delivered again in any case
    log('warn', 'a message waits for the visibility timeout', faultOf(error));
  }
};

import type { SQSRecord } from 'aws-lambda';
import { AwsClient } from 'aws4fetch';
import { env } from './env.ts';
import { faultOf, log } from './log.ts';

/** Has its queue deliver a message again after some seconds, instead of the visibility timeout of the queue. */
export const showAgain = async ({ eventSourceARN, receiptHandle }: SQSRecord, seconds: number): Promise<void> => {
  const [, , , region = '', account, name] = eventSourceARN.split(':');
  const home = `https://sqs.${region}.amazonaws.com/`;
  const body = { QueueUrl: `${home}${account}/${name}`, ReceiptHandle: receiptHandle, VisibilityTimeout: seconds };
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AmazonSQS.ChangeMessageVisibility',
  };
  try {
    const client = new AwsClient({ ...env.credentials(), service: 'sqs', region, retries: 1 });
    const url = env.queuesEndpoint() ?? home;
    const reply = await client.fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`SQS answered ${reply.status}`);
    await reply.body?.cancel();
  } catch (error) {
    // it is delivered again in any case
    log('warn', 'a message waits for the visibility timeout', faultOf(error));
  }
};

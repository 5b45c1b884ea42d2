import { AwsClient } from 'aws4fetch';
import { env } from './env.ts';

type QueueEntry = { Id: string; MessageBody: string; MessageGroupId?: string; DelaySeconds?: number };

type Failed = { Id: string; SenderFault: boolean; Code: string; Message?: string };

let client: AwsClient | undefined;

/** One operation of SQS on the queue with that ARN. */
export const queueCall = async <Reply>(arn: string, operation: string, input: object): Promise<Reply> => {
  const [, , , region = '', account, name] = arn.split(':');
  const home = `https://sqs.${region}.amazonaws.com/`;
  client ??= new AwsClient({ ...env.credentials(), service: 'sqs', region, retries: 2 });
  const reply = await client.fetch(env.queuesEndpoint() ?? home, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
    body: JSON.stringify({ QueueUrl: `${home}${account}/${name}`, ...input }),
  });
  const text = await reply.text();
  if (reply.ok) return JSON.parse(text || '{}') as Reply;
  const code = reply.headers.get('x-amzn-query-error')?.split(';')[0] ?? JSON.parse(text || '{}').__type ?? 'SqsError';
  throw Object.assign(new Error(`SQS answered ${reply.status} to ${operation}`), { name: code });
};

/** Sends up to ten messages; gives those that the queue did not take. */
export const sendTogether = async (arn: string, Entries: QueueEntry[]): Promise<Failed[]> =>
  (await queueCall<{ Failed?: Failed[] }>(arn, 'SendMessageBatch', { Entries })).Failed ?? [];

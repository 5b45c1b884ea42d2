import { env } from './env.ts';
import { jsonApi } from './json-api.ts';

type QueueEntry = { Id: string; MessageBody: string; MessageGroupId?: string; DelaySeconds?: number };

type Failed = { Id: string; SenderFault: boolean; Code: string; Message?: string };

let opened: ReturnType<typeof jsonApi> | undefined;

const sqs = () => (opened ??= jsonApi({ service: 'sqs', target: 'AmazonSQS', endpoint: env.queuesEndpoint() }));

/** One operation of SQS on the queue with that ARN. */
export const queueCall = async <Reply>(arn: string, operation: string, input: object): Promise<Reply> => {
  const [, , , region = '', account, name] = arn.split(':');
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  return JSON.parse((await sqs()(operation, JSON.stringify({ QueueUrl, ...input }))) || '{}') as Reply;
};

/** Sends up to ten messages; gives those that the queue did not take. */
export const sendTogether = async (arn: string, Entries: QueueEntry[]): Promise<Failed[]> =>
  (await queueCall<{ Failed?: Failed[] }>(arn, 'SendMessageBatch', { Entries })).Failed ?? [];

import { ListQueuesCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** the one queue of the stack whose name has `name` in it, dead-letter queues aside */
const withQueue = async (
  endpoint: string,
  name: string,
  act: (sqs: SQSClient, QueueUrl: string) => Promise<unknown>,
) => {
  const sqs = new SQSClient({ ...local, endpoint });
  try {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const found = QueueUrls.filter(url => url.includes(name) && !url.includes('DeadLetters'));
    if (found.length !== 1) throw new Error(`${found.length} queues have ${name} in their names: ${QueueUrls}`);
    await act(sqs, found[0] as string);
  } finally {
    sqs.destroy();
  }
};

/** puts a message on a queue */
export const enqueue = (endpoint: string, name: string, message: unknown) =>
  withQueue(endpoint, name, (sqs, QueueUrl) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) })),
  );

/** messages that reach a queue from now on are delivered so many seconds later */
export const delayQueue = (endpoint: string, name: string, seconds: number) =>
  withQueue(endpoint, name, (sqs, QueueUrl) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: String(seconds) } })),
  );

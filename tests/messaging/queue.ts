import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const local = { region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };

/** puts a message on the one queue of the stack whose name has `name` in it, dead-letter queues aside */
export const enqueue = async (endpoint: string, name: string, message: unknown) => {
  const sqs = new SQSClient({ ...local, endpoint });
  try {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
    const found = QueueUrls.filter(url => url.includes(name) && !url.includes('DeadLetters'));
    if (found.length !== 1) throw new Error(`${found.length} queues have ${name} in their names: ${QueueUrls}`);
    await sqs.send(new SendMessageCommand({ QueueUrl: found[0], MessageBody: JSON.stringify(message) }));
  } finally {
    sqs.destroy();
  }
};

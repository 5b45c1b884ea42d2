import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Properties } from './properties.ts';
import { AwsError, type Platform, type Service } from './service.ts';

export type QueueMessage = {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
};

/** gets a batch of messages; answers with the ids of those that are not done */
export type Consumer = (messages: QueueMessage[]) => Promise<string[]>;

/** SQS and S3 in their own thread. */
export type Queues = {
  /** where SQS and S3 answer HTTP */
  url: string;
  sqs: Service;
  s3: Service;
  /** the stack whose resources get names here */
  named(stackName: string): void;
  /** hands every message of a queue to the consumer, `concurrency` batches at a time */
  consume(queue: string, batch: { size: number; concurrency: number }, consumer: Consumer): Promise<void>;
  /** messages that consumers have or could have now by queue, and when the next is due (epoch milliseconds) */
  status(): Promise<{ pending: Record<string, number>; due: number }>;
  /** looks at delays and visibility anew, after the clock was moved */
  moved(): Promise<void>;
  /** gives memory back */
  tidy(): Promise<void>;
};

type Message = {
  id?: number;
  result?: unknown;
  error?: { code: string; message: string; status: number };
  batch?: string;
  token?: number;
  messages?: QueueMessage[];
};

type Options = {
  dir: string;
  clock: SharedArrayBuffer;
  platform: Platform;
};

const queueAttributes = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** resource names of AWS are short; the end of a long logical id is what tells it apart */
const shortened = (name: string, most: number) => (name.length > most ? name.slice(-most).replace(/^-+/, '') : name);

const none = { start: async () => {}, pending: () => 0 };

/** Starts SQS and S3 on their files in `dir`. */
export const startQueues = async ({ dir, clock, platform }: Options): Promise<Queues> => {
  const { region, account, awsUrl } = platform;
  const worker = new Worker(new URL('./queues-worker.mjs', import.meta.url), {
    name: 'queues',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
    workerData: { dir, clock, region, awsUrl },
  });
  const waiting = new Map<number, { settle(result: unknown): void; fail(error: Error): void }>();
  const consumers = new Map<string, Consumer>();
  let stackName = '';
  let asked = 0;
  let stopping = false;

  const ask = <T = void>(task: string, given: object = {}) =>
    new Promise<T>((settle, fail) => {
      const id = ++asked;
      waiting.set(id, { settle: settle as (result: unknown) => void, fail });
      worker.postMessage({ id, task, ...given });
    });
  const serve = async (queue: string, token: number, messages: QueueMessage[]) => {
    const all = messages.map(({ MessageId }) => MessageId);
    const failed = await consumers.get(queue)!(messages).catch(() => all);
    if (!stopping) await ask('settle', { queue, token, failed });
  };
  worker.on('message', ({ id, result, error, batch, token, messages }: Message) => {
    if (batch) return void serve(batch, token!, messages!);
    const asker = waiting.get(id!);
    waiting.delete(id!);
    if (error) asker?.fail(new AwsError(error.code, error.message, error.status));
    else asker?.settle(result);
  });
  worker.on('error', error => {
    throw error; // without queues there is no runtime; what was acknowledged is on disk
  });
  const [{ listening }] = await once(worker, 'message');

  const provideQueue = async (logicalId: string, properties: Properties) => {
    const fifo = properties.FifoQueue === true || properties.FifoQueue === 'true';
    const name: string = properties.QueueName ?? shortened(`${stackName}-${logicalId}`, 75) + (fifo ? '.fifo' : '');
    const given = queueAttributes.filter(key => properties[key] !== undefined);
    const attributes = Object.fromEntries(given.map(key => [key, asText(properties[key])]));
    await ask('queue', { name, attributes });
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    const url = `${awsUrl}/${account}/${name}`;
    return { ref: url, attributes: { Arn: arn, QueueName: name, QueueUrl: url } };
  };
  const provideBucket = async (logicalId: string, properties: Properties) => {
    const name: string = properties.BucketName ?? shortened(`${stackName}-${logicalId}`, 63).toLowerCase();
    await ask('bucket', { name });
    const domain = `${name}.s3.amazonaws.com`;
    const attributes = { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain };
    return { ref: name, attributes };
  };

  return {
    url: `http://127.0.0.1:${listening}`,
    sqs: {
      ...none,
      name: 'sqs',
      types: ['AWS::SQS::Queue'],
      provide: (logicalId, _type, properties) => provideQueue(logicalId, properties),
      call: (operation, input) => ask('call', { operation, input }),
      async stop() {
        stopping = true;
        await ask('stop');
        await worker.terminate();
      },
    },
    s3: {
      ...none,
      name: 's3',
      types: ['AWS::S3::Bucket'],
      provide: (logicalId, _type, properties) => provideBucket(logicalId, properties),
      async call() {
        throw new AwsError('NotImplemented', 'S3 is spoken to over HTTP only', 501);
      },
      stop: async () => {},
    },
    named(name) {
      stackName = name;
    },
    async consume(queue, { size, concurrency }, consumer) {
      consumers.set(queue, consumer);
      await ask('pump', { queue, batchSize: size, concurrency });
    },
    status: () => ask('status'),
    moved: () => ask('moved'),
    tidy: () => ask('tidy'),
  };
};

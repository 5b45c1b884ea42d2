import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AwsError, type Platform, type Service } from '../runtime/service.ts';
import { bucketOf, queueOf } from './queue-resources.ts';

export type QueueMessage = {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes: Record<string, string>;
  MessageAttributes?: Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>;
};

/** gets a batch of messages; returns the ids of those that are not done */
export type Consumer = (messages: QueueMessage[]) => Promise<string[]>;

/** SQS and S3 in their own thread. */
export type Queues = {
  /** where SQS and S3 answer HTTP */
  url: string;
  sqs: Service;
  s3: Service;
  /** the stack whose resources get names here */
  named(stackName: string): void;
  /** passes every message of a queue to the consumer, `concurrency` batches at a time */
  consume(queue: string, batch: { size: number; concurrency: number }, consumer: Consumer): Promise<void>;
  /** messages that consumers have or could have now by queue, of one tenant or of all; when the next is due (epoch milliseconds) */
  status(tenant?: string): Promise<{ pending: Record<string, number>; due: number }>;
  /** checks delays and visibility again, after the clock was moved */
  moved(): Promise<void>;
  /** removes from its file what was deleted */
  scrub(): Promise<void>;
  /** frees memory */
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

/** Starts SQS and S3 on their files in `dir`. */
export const startQueues = async ({ dir, clock, platform }: Options): Promise<Queues> => {
  const { region, awsUrl } = platform;
  const worker = new Worker(new URL('./queues-worker.mjs', import.meta.url), {
    name: 'queues',
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
    workerData: { dir, clock, region, awsUrl },
  });
  const waiting = new Map<number, { settle(result: unknown): void; fail(error: Error): void }>();
  const consumers = new Map<string, Consumer>();
  let stackName = '';
  let requests = 0;
  let stopping = false;

  const request = <T = void>(task: string, given: object = {}) =>
    new Promise<T>((settle, fail) => {
      const id = ++requests;
      waiting.set(id, { settle: settle as (result: unknown) => void, fail });
      worker.postMessage({ id, task, ...given });
    });
  const serve = async (queue: string, token: number, messages: QueueMessage[]) => {
    const all = messages.map(({ MessageId }) => MessageId);
    const failed = await consumers.get(queue)!(messages).catch(() => all);
    if (!stopping) await request('settle', { queue, token, failed });
  };
  worker.on('message', ({ id, result, error, batch, token, messages }: Message) => {
    if (batch) return void serve(batch, token!, messages!);
    const waiter = waiting.get(id!);
    waiting.delete(id!);
    if (error) waiter?.fail(new AwsError(error.code, error.message, error.status));
    else waiter?.settle(result);
  });
  const [{ listening }] = await once(worker, 'message').catch(error => {
    throw new Error(
      `the queues in ${dir} cannot be opened (${error.message}): remove the folder, or name another with --data`,
    );
  });
  worker.on('error', error => {
    throw error; // without queues there is no runtime; what was acknowledged is on disk
  });

  return {
    url: `http://127.0.0.1:${listening}`,
    sqs: {
      name: 'sqs',
      types: ['AWS::SQS::Queue'],
      async provide(logicalId, _type, properties) {
        const { provided, ...queue } = queueOf(stackName, logicalId, properties, platform);
        await request('queue', queue);
        return provided;
      },
      async call(operation, input) {
        if (operation === 'SendMessage') return request('send', input);
        throw new AwsError('UnknownOperationException', `the local sqs has no ${operation} but over HTTP`);
      },
      async stop() {
        stopping = true;
        await request('stop');
        await worker.terminate();
      },
    },
    s3: {
      name: 's3',
      types: ['AWS::S3::Bucket'],
      async provide(logicalId, _type, properties) {
        const { provided, ...bucket } = bucketOf(stackName, logicalId, properties);
        await request('bucket', bucket);
        return provided;
      },
    },
    named(name) {
      stackName = name;
    },
    async consume(queue, { size, concurrency }, consumer) {
      consumers.set(queue, consumer);
      await request('pump', { queue, batchSize: size, concurrency });
    },
    status: tenant => request('status', { tenant }),
    moved: () => request('moved'),
    scrub: () => request('scrub'),
    tidy: () => request('tidy'),
  };
};

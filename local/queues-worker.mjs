import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shift-date.mjs';

/**
 * fauxqs (SQS and S3) in a thread of its own whose Date is the runtime's: that is how delays, visibility and
 * retention follow the movable clock. Its stores are used directly for what its HTTP face cannot do without
 * polling: handing messages to functions the moment they are there.
 */
shiftDate(workerData.clock);
const { buildApp } = await import('fauxqs');
const inside = path => import(pathToFileURL(join(dirname(fileURLToPath(import.meta.resolve('fauxqs'))), path)).href);
const { SqsStore } = await inside('sqs/sqsStore.js');
const { SnsStore } = await inside('sns/snsStore.js');
const { S3Store } = await inside('s3/s3Store.js');
const { PersistenceManager } = await inside('persistence.js');

const sqsStore = new SqsStore();
const snsStore = new SnsStore();
const s3Store = new S3Store();
const persistence = new PersistenceManager(workerData.dir);
persistence.db.exec('PRAGMA synchronous = NORMAL'); // survives the death of the process; only a power cut needs more
persistence.load(sqsStore, snsStore, s3Store);
sqsStore.host = ''; // queue URLs name the host that the caller used
sqsStore.region = workerData.region;
sqsStore.persistence = persistence;
snsStore.persistence = persistence;
s3Store.persistence = persistence;

// as shipped it sets the receive count to null, which its own table refuses
const backToReady = persistence.db.prepare(
  'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
);
persistence.updateMessageReady = id => backToReady.run(id);

const pumps = new Map(); // by queue name
const longest = 2 ** 31 - 1;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const nextDue = queue => {
  let due = Number.POSITIVE_INFINITY;
  const delayed = [queue.delayedMessages, ...queue.fifoDelayed.values()];
  for (const messages of delayed) for (const { delayUntil } of messages) due = Math.min(due, delayUntil ?? 0);
  for (const [handle, { visibilityDeadline }] of queue.inflightMessages) {
    if (!pumps.get(queue.name)?.handed.has(handle)) due = Math.min(due, visibilityDeadline);
  }
  return due;
};

const urlOf = name => `${workerData.awsUrl}/000000000000/${name}`;

/** makes a queue say when something happens to it, and its moves to a dead-letter queue one transaction */
const tame = queue => {
  queue.persistence = persistence;
  queue.url = urlOf(queue.name);
  for (const method of ['notifyWaiters', 'enqueue', 'changeVisibility', 'setAttributes']) {
    const own = queue[method].bind(queue);
    queue[method] = (...given) => {
      const result = own(...given);
      schedule(queue.name);
      return result;
    };
  }
  const dequeue = queue.dequeue.bind(queue);
  queue.dequeue = (...given) => {
    let messages = [];
    persistence.transaction(() => {
      messages = dequeue(...given);
    });
    return messages;
  };
};
for (const queue of [...sqsStore.allQueues()]) {
  sqsStore.queues.delete(queue.url); // of a former run, maybe on another port
  tame(queue);
  sqsStore.queues.set(queue.url, queue);
}
const createQueue = sqsStore.createQueue.bind(sqsStore);
sqsStore.createQueue = (name, _url, ...given) => {
  const queue = createQueue(name, urlOf(name), ...given);
  tame(queue);
  return queue;
};

const schedule = name => {
  const pump = pumps.get(name);
  if (!pump || pump.scheduled) return;
  pump.scheduled = true;
  setImmediate(() => {
    pump.scheduled = false;
    run(pump);
  });
};

const received = (queue, message) => {
  const { message: whole } = queue.inflightMessages.get(message.ReceiptHandle);
  const attributes = {
    ApproximateReceiveCount: String(whole.approximateReceiveCount),
    SentTimestamp: String(whole.sentTimestamp),
    SenderId: '000000000000',
    ApproximateFirstReceiveTimestamp: String(whole.approximateFirstReceiveTimestamp),
    ...(whole.messageGroupId && { MessageGroupId: whole.messageGroupId }),
    ...(whole.messageDeduplicationId && { MessageDeduplicationId: whole.messageDeduplicationId }),
    ...(whole.sequenceNumber && { SequenceNumber: whole.sequenceNumber }),
  };
  return { ...message, Attributes: attributes };
};

const take = ({ queue, batchSize }) => {
  const messages = [];
  while (messages.length < batchSize) {
    const some = queue.dequeue(batchSize - messages.length, undefined, arn => sqsStore.getQueueByArn(arn));
    if (!some.length) break;
    messages.push(...some.map(message => received(queue, message)));
  }
  return messages;
};

/** hands out batches while there are messages and hands free, then sleeps until the next is due */
const run = pump => {
  clearTimeout(pump.timer);
  while (pump.batches.size < pump.concurrency) {
    const messages = take(pump);
    if (!messages.length) break;
    const token = ++pump.count;
    pump.batches.set(token, messages);
    for (const { ReceiptHandle } of messages) pump.handed.add(ReceiptHandle);
    parentPort.postMessage({ batch: pump.queue.name, token, messages });
  }
  const due = nextDue(pump.queue);
  if (due < Number.POSITIVE_INFINITY) {
    pump.timer = setTimeout(() => run(pump), Math.min(Math.max(due - Date.now(), 1), longest));
  }
};

const settle = ({ queue: name, token, failed }) => {
  const pump = pumps.get(name);
  const messages = pump.batches.get(token);
  pump.batches.delete(token);
  persistence.transaction(() => {
    for (const { MessageId, ReceiptHandle } of messages) {
      pump.handed.delete(ReceiptHandle);
      if (!failed.includes(MessageId)) pump.queue.deleteMessage(ReceiptHandle);
    }
  });
  run(pump);
};

const app = buildApp({ logger: false, defaultRegion: workerData.region, stores: { sqsStore, snsStore, s3Store } });

// as shipped a file of more than 11 MB is refused, which S3 would take
app.removeContentTypeParser('*');
app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 512 * 1024 * 1024 }, (_request, body, done) =>
  done(null, body),
);

/** one operation of SQS as its HTTP face would answer it */
const call = async ({ operation, input }) => {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` };
  const host = new URL(workerData.awsUrl).host;
  const reply = await app.inject({
    method: 'POST',
    url: '/',
    headers: { ...headers, host },
    payload: JSON.stringify(input),
  });
  const body = reply.body ? JSON.parse(reply.body) : {};
  if (reply.statusCode < 300) return { result: body };
  return { error: { code: String(body.__type).split('#').at(-1), message: body.message, status: reply.statusCode } };
};

const readyIn = queue => [queue.messages, ...queue.fifoMessages.values()].reduce((sum, { length }) => sum + length, 0);

const tasks = {
  call,
  queue({ name, attributes }) {
    const existing = sqsStore.getQueueByName(name);
    const arn = `arn:aws:sqs:${workerData.region}:000000000000:${name}`;
    if (existing) existing.setAttributes({ RedrivePolicy: '', ...attributes });
    else sqsStore.createQueue(name, urlOf(name), arn, attributes);
  },
  bucket({ name, lifecycle }) {
    if (!s3Store.hasBucket(name)) s3Store.createBucket(name);
    if (lifecycle) s3Store.putBucketLifecycleConfiguration?.(name, lifecycle);
  },
  pump({ queue: name, batchSize, concurrency }) {
    const queue = sqsStore.getQueueByName(name);
    pumps.set(name, { queue, batchSize, concurrency, batches: new Map(), handed: new Set(), count: 0 });
    // whoever had these in hand died with the former process
    for (const handle of [...queue.inflightMessages.keys()]) queue.changeVisibility(handle, 0);
    schedule(name);
  },
  settle,
  moved() {
    sqsStore.processAllTimers();
    for (const pump of pumps.values()) run(pump);
  },
  /** messages that functions have or could have now, and when the next will be due */
  status() {
    const queues = [...pumps.values()];
    const pending = queues.map(({ queue, handed }) => {
      queue.processTimers();
      return [queue.name, readyIn(queue) + handed.size];
    });
    const due = Math.min(Number.POSITIVE_INFINITY, ...queues.map(({ queue }) => nextDue(queue)));
    return { result: { pending: Object.fromEntries(pending.filter(([, count]) => count)), due } };
  },
  tidy: () => void collect(),
  async stop() {
    for (const pump of pumps.values()) clearTimeout(pump.timer);
    pumps.clear();
    await app.close();
    persistence.close();
  },
};

parentPort.on('message', async ({ id, task, ...given }) => {
  try {
    parentPort.postMessage({ id, ...((await tasks[task](given)) ?? {}) });
  } catch (error) {
    parentPort.postMessage({
      id,
      error: { code: 'InternalFailure', message: String(error?.stack ?? error), status: 500 },
    });
  }
});

await app.listen({ port: 0, host: '127.0.0.1' });
parentPort.postMessage({ listening: app.server.address().port });

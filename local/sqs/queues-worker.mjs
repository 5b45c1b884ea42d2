import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from '../lambda/shift-date.mjs';
import { openStores } from './fauxqs-stores.mjs';
import { openPumps } from './queue-pumps.mjs';

/**
 * SQS and S3 in a thread of their own whose Date is the runtime's: that is how delays, visibility and retention follow
 * the movable clock.
 */
const { clock, dir, region, awsUrl } = workerData;
shiftDate(clock);
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const {
  app,
  sqsStore,
  s3Store,
  persistence,
  urlOf,
  send: sendMessage,
} = await openStores({
  dir,
  region,
  awsUrl,
  changed: name => pumps.changed(name),
});
const pumps = openPumps({
  sqsStore,
  persistence,
  hand: (batch, token, messages) => parentPort.postMessage({ batch, token, messages }),
});

/** one message, without a detour over HTTP */
const send = ({ QueueUrl, ...input }) => {
  const queue = sqsStore.getQueueByName(String(QueueUrl).split('/').pop());
  return sendMessage({ QueueUrl: queue?.url ?? QueueUrl, ...input });
};

const tasks = {
  send,
  queue({ name, attributes }) {
    const existing = sqsStore.getQueueByName(name);
    const arn = `arn:aws:sqs:${region}:000000000000:${name}`;
    if (existing) existing.setAttributes({ RedrivePolicy: '', ...attributes });
    else sqsStore.createQueue(name, urlOf(name), arn, attributes);
  },
  bucket({ name }) {
    if (!s3Store.hasBucket(name)) s3Store.createBucket(name);
  },
  pump: pumps.start,
  settle: pumps.settle,
  moved() {
    sqsStore.processAllTimers();
    pumps.runAll();
  },
  status: pumps.status,
  scrub() {
    persistence.db.exec('VACUUM');
    persistence.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  },
  tidy: () => void collect(),
  async stop() {
    pumps.stop();
    await app.close();
    persistence.close();
  },
};

const faultOf = ({ code = 'InternalFailure', message, stack, statusCode: status }) => ({
  code,
  message: status ? message : String(stack),
  status: status ?? 500,
});

parentPort.on('message', async ({ id, task, ...given }) => {
  try {
    parentPort.postMessage({ id, result: await tasks[task](given) });
  } catch (error) {
    parentPort.postMessage({ id, error: faultOf(error) });
  }
});

await app.listen({ port: 0, host: '127.0.0.1' });
parentPort.postMessage({ listening: app.server.address().port });

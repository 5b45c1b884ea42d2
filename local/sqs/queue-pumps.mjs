import { concerns } from '../runtime/tenant.mjs';

/** setTimeout counts in 32 bits */
const longest = 2 ** 31 - 1;

const ready = queue => [queue.messages, ...queue.fifoMessages.values()].flat();

const handedOut = ({ queue, handed }) => [...handed].map(handle => queue.inflightMessages.get(handle)?.message);

/** when the next message of a queue becomes deliverable; those that a function has in hand do not count */
const nextDue = ({ queue, handed }) => {
  let due = Number.POSITIVE_INFINITY;
  for (const messages of [queue.delayedMessages, ...queue.fifoDelayed.values()]) {
    for (const { delayUntil } of messages) due = Math.min(due, delayUntil ?? 0);
  }
  for (const [handle, { visibilityDeadline }] of queue.inflightMessages) {
    if (!handed.has(handle)) due = Math.min(due, visibilityDeadline);
  }
  return due;
};

const groupOf = ({ messageId, messageGroupId = messageId }) => messageGroupId;

/**
 * Fair queues: what is handed out next is of the groups that have the fewest messages in hand, the oldest first. Brings the next
 * `count` messages to the front.
 */
const bringFairly = (queue, count) => {
  const { messages } = queue;
  if (messages.length <= count) return;
  const inHand = Map.groupBy([...queue.inflightMessages.values()], ({ message }) => groupOf(message));
  const counts = new Map([...inHand].map(([group, its]) => [group, its.length]));
  const waiting = Map.groupBy(messages, groupOf);
  if (waiting.size === 1) return;
  const next = [];
  while (next.length < count && waiting.size) {
    const [group, its] = [...waiting].reduce((a, b) => ((counts.get(b[0]) ?? 0) < (counts.get(a[0]) ?? 0) ? b : a));
    next.push(its.shift());
    counts.set(group, (counts.get(group) ?? 0) + 1);
    if (!its.length) waiting.delete(group);
  }
  const chosen = new Set(next);
  queue.messages = [...next, ...messages.filter(message => !chosen.has(message))];
};

/** a message as Lambda gets it, with what SQS knows of it */
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

/**
 * Hands the messages of queues to functions the moment they are there, so many batches of a queue at a time.
 * `hand` gets a queue's name, a token and the messages; `settle` with that token ends the batch.
 */
export const openPumps = ({ sqsStore, persistence, hand }) => {
  const pumps = new Map(); // by queue name

  const take = ({ queue, batchSize }) => {
    const messages = [];
    queue.processTimers();
    if (!queue.isFifo()) bringFairly(queue, batchSize);
    while (messages.length < batchSize) {
      const some = queue.dequeue(batchSize - messages.length, undefined, arn => sqsStore.getQueueByArn(arn));
      if (!some.length) break;
      messages.push(...some.map(message => received(queue, message)));
    }
    return messages;
  };

  /** hands out while there are messages and hands free, then sleeps until the next is due */
  const run = pump => {
    clearTimeout(pump.timer);
    while (pump.batches.size < pump.concurrency) {
      const messages = take(pump);
      if (!messages.length) break;
      const token = ++pump.count;
      pump.batches.set(token, messages);
      for (const { ReceiptHandle } of messages) pump.handed.add(ReceiptHandle);
      hand(pump.queue.name, token, messages);
    }
    const due = nextDue(pump);
    if (due === Number.POSITIVE_INFINITY) return;
    pump.timer = setTimeout(() => run(pump), Math.min(Math.max(due - Date.now(), 1), longest));
  };

  /** its function ended with the former process: that receipt must not bring it closer to the dead-letter queue */
  const giveBack = (queue, handle) => {
    const { message, visibilityDeadline } = queue.inflightMessages.get(handle);
    const count = --message.approximateReceiveCount;
    const first = message.approximateFirstReceiveTimestamp;
    persistence.updateMessageInflight(message.messageId, handle, visibilityDeadline, count, first);
    queue.changeVisibility(handle, 0);
  };

  const changed = name => {
    const pump = pumps.get(name);
    if (!pump || pump.scheduled) return;
    pump.scheduled = true;
    setImmediate(() => {
      pump.scheduled = false;
      run(pump);
    });
  };

  return {
    changed,
    start({ queue: name, batchSize, concurrency }) {
      const queue = sqsStore.getQueueByName(name);
      pumps.set(name, { queue, batchSize, concurrency, batches: new Map(), handed: new Set(), count: 0 });
      for (const handle of [...queue.inflightMessages.keys()]) giveBack(queue, handle);
      changed(name);
    },
    /** deletes a batch but for the messages that failed, which come again when their visibility timeout is over */
    settle({ queue: name, token, failed }) {
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
    },
    runAll() {
      for (const pump of pumps.values()) run(pump);
    },
    /** messages that functions have or could have now, and when the next will be due */
    status({ tenant }) {
      const all = [...pumps.values()];
      const pending = all.map(pump => {
        pump.queue.processTimers();
        const messages = [...ready(pump.queue), ...handedOut(pump)];
        return [pump.queue.name, messages.filter(message => concerns(message?.body ?? '', tenant)).length];
      });
      return {
        pending: Object.fromEntries(pending.filter(([, count]) => count)),
        due: Math.min(Number.POSITIVE_INFINITY, ...all.map(nextDue)),
      };
    },
    stop() {
      for (const pump of pumps.values()) clearTimeout(pump.timer);
      pumps.clear();
    },
  };
};

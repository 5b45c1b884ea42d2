import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const inside = path => import(pathToFileURL(join(dirname(fileURLToPath(import.meta.resolve('fauxqs'))), path)).href);

/** files of this size are taken; as shipped the limit is 11 MB */
const mostBody = 512 * 1024 * 1024;

/** where it differs from AWS or could lose something */
const mended = persistence => {
  persistence.db.exec('PRAGMA synchronous = NORMAL'); // survives the death of the process; only a power cut needs more
  // as shipped it sets the receive count to null, which its own table does not allow
  const backToReady = persistence.db.prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  persistence.updateMessageReady = id => backToReady.run(id);
  return persistence;
};

const form = 'application/x-www-form-urlencoded';

/** Files are bytes: as shipped a file that is uploaded with a form's content type, as curl does, is read as a form. */
const takeFilesAsBytes = app => {
  for (const type of ['*', form]) app.removeContentTypeParser(type);
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: mostBody }, (_, body, done) => done(null, body));
  app.addContentTypeParser(form, { parseAs: 'buffer', bodyLimit: mostBody }, ({ method }, body, done) =>
    done(null, method === 'PUT' ? body : Object.fromEntries(new URLSearchParams(String(body)))),
  );
  // without a content type nothing parses the body of an empty file
  app.addHook('preHandler', (request, _reply, done) => {
    if (request.method === 'PUT') request.body ??= Buffer.alloc(0);
    done();
  });
};

/** Messages of standard queues have groups too, for fairness; as shipped only those of FIFO queues keep theirs. */
const keepGroups = (SqsStore, app) => {
  let groups = new Map(); // of the request at hand, by body
  const note = entries => {
    groups = new Map(entries.map(({ MessageBody, MessageGroupId }) => [MessageBody, MessageGroupId]));
  };
  app.addHook('preHandler', ({ body }, _reply, done) => {
    note(body?.Entries ?? (body?.MessageBody ? [body] : []));
    done();
  });
  const createMessage = SqsStore.createMessage;
  SqsStore.createMessage = (body, attributes, delay, group = groups.get(body), ...more) =>
    createMessage(body, attributes, delay, group, ...more);
  return note;
};

/** fauxqs takes no characters beyond U+FFFF, such as 😀; SQS does */
const allowAllCharacters = async () => {
  const { INVALID_MESSAGE_BODY_CHAR } = await inside('sqs/sqsTypes.js');
  const invalid = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
  INVALID_MESSAGE_BODY_CHAR.test = text => invalid.test(text);
};

/**
 * The stores of fauxqs (SQS and S3) on their file in `dir`, and its HTTP face. They are used from inside for what the
 * HTTP face cannot do without polling. `changed` gets the name of a queue that changed.
 */
export const openStores = async ({ dir, region, awsUrl, changed }) => {
  const { buildApp } = await import('fauxqs');
  await allowAllCharacters();
  const { SqsStore } = await inside('sqs/sqsStore.js');
  const { SnsStore } = await inside('sns/snsStore.js');
  const { S3Store } = await inside('s3/s3Store.js');
  const { PersistenceManager } = await inside('persistence.js');
  const { sendMessage } = await inside('sqs/actions/sendMessage.js');

  const [sqsStore, snsStore, s3Store] = [new SqsStore(), new SnsStore(), new S3Store()];
  const persistence = mended(new PersistenceManager(dir));
  persistence.load(sqsStore, snsStore, s3Store);
  for (const store of [sqsStore, snsStore, s3Store]) store.persistence = persistence;
  sqsStore.region = region;

  const urlOf = name => `${awsUrl}/000000000000/${name}`;
  const tame = queue => {
    queue.persistence = persistence;
    queue.url = urlOf(queue.name);
    for (const method of ['notifyWaiters', 'enqueue', 'changeVisibility', 'setAttributes']) {
      const own = queue[method].bind(queue);
      queue[method] = (...given) => {
        const result = own(...given);
        changed(queue.name);
        return result;
      };
    }
    const dequeue = queue.dequeue.bind(queue);
    queue.dequeue = (...given) => {
      let messages = [];
      // a move to the dead-letter queue is a delete and an insert: both or neither
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

  const app = buildApp({ logger: false, defaultRegion: region, stores: { sqsStore, snsStore, s3Store } });
  takeFilesAsBytes(app);
  const note = keepGroups(SqsStore, app);
  const send = input => {
    note([input]);
    return sendMessage(input, sqsStore);
  };
  return { app, sqsStore, s3Store, persistence, urlOf, send };
};

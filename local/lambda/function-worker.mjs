import { createRequire, enableCompileCache, flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shift-date.mjs';

/** One execution environment of one function, as the Node.js runtime of Lambda is: loads the handler once, answers one event at a time. */
const { clock, cacheDir, file, handlerName, context } = workerData;
shiftDate(clock);
if (cacheDir) enableCompileCache(cacheDir);
if (process.env.NODE_OPTIONS?.includes('--enable-source-maps')) process.setSourceMapsEnabled(true);

const faultOf = error =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack).split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

const load = async () => {
  const loaded = file.endsWith('.cjs') ? createRequire(file)(file) : await import(pathToFileURL(file).href);
  const handler = handlerName
    .split('.')
    .reduce((at, name) => at?.[name], loaded.default?.[handlerName] ? loaded.default : loaded);
  if (typeof handler === 'function') return handler;
  const error = new Error(`${file} exports no function ${handlerName}`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
};

const contextOf = ({ requestId, deadline, arn }) => ({
  ...context,
  awsRequestId: requestId,
  invokedFunctionArn: arn,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  done() {},
  fail() {},
  succeed() {},
});

/** handlers may answer by promise or, if they take three arguments, by callback */
const call = (handler, event, invocation) =>
  handler.length < 3
    ? handler(event, invocation)
    : new Promise((settle, fail) => {
        const given = handler(event, invocation, (error, result) => (error ? fail(error) : settle(result)));
        if (typeof given?.then === 'function') given.then(settle, fail);
      });

const replyTo = async (handler, { id, payload, requestId, timeout, arn }) => {
  try {
    const invocation = contextOf({ requestId, arn, deadline: performance.now() + timeout });
    const result = await call(handler, JSON.parse(payload), invocation);
    return { id, result: JSON.stringify(result ?? null) };
  } catch (error) {
    return { id, fault: faultOf(error) };
  }
};

try {
  const handler = await load();
  let cached = false;
  parentPort.on('message', async message => {
    parentPort.postMessage(await replyTo(handler, message));
    if (cacheDir && !cached) setImmediate(flushCompileCache); // what the first event needed is compiled by now
    cached = true;
  });
  parentPort.postMessage({ ready: true });
} catch (error) {
  parentPort.postMessage({ broken: faultOf(error) });
}

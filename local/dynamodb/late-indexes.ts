import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerWith, closeServer, listen } from '../http/listen.ts';
import { post } from '../http/post.ts';
import { caller, type Engine, startEngine } from './engine.ts';

const writes =
  /\.(PutItem|UpdateItem|DeleteItem|BatchWriteItem|TransactWriteItems|CreateTable|UpdateTable|UpdateTimeToLive)$/;
const made = /Table$|TimeToLive$/;

type Write = { at: number; headers: Record<string, string>; body: string };

/** An engine whose indexes show what was written only after so many milliseconds, as they may on AWS: a second engine gets every write later. */
export const withLateIndexes = async (engine: Engine, ms: number, warn: (line: string) => void): Promise<Engine> => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-late-'));
  const late = await startEngine(dir, warn);
  const { server, port } = await listen(0);
  let last: Promise<unknown> = Promise.resolve();
  let followed: Promise<unknown> = Promise.resolve();
  let stopping = false;

  const follow = async ({ at, headers, body }: Write) => {
    await sleep(Math.max(0, at - Date.now()));
    if (stopping) return;
    const { status, text } = await post(late.url, headers, body);
    if (status !== 200) warn(`the late indexes differ: ${text.slice(0, 200)}`);
  };
  const write = async (target: string, headers: Record<string, string>, body: string) => {
    const reply = await post(engine.url, headers, body);
    if (reply.status !== 200) return reply;
    const isTable = made.test(target);
    const done = { at: Date.now() + (isTable ? 0 : ms), headers, body };
    followed = followed.then(() => follow(done)).catch(() => {});
    if (isTable) await followed;
    return reply;
  };

  answerWith(server, async (request, response) => {
    const body = await text(request);
    const target = String(request.headers['x-amz-target']);
    const headers = Object.fromEntries(
      ['content-type', 'x-amz-target', 'x-amz-date', 'authorization'].map(name => [
        name,
        String(request.headers[name] ?? ''),
      ]),
    );
    const answer = () => {
      if (!writes.test(target)) return post(/"IndexName"/.test(body) ? late.url : engine.url, headers, body);
      // both engines get writes in one order
      const written = last.then(() => write(target, headers, body));
      last = written.catch(() => {});
      return written;
    };
    const { status, text: reply } = await answer();
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(reply);
  });

  const url = `http://127.0.0.1:${port}`;
  return {
    ...engine,
    url,
    call: caller(url),
    caughtUp: () => followed,
    async stop() {
      stopping = true;
      await closeServer(server);
      await followed;
      await Promise.all([late.stop(), engine.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

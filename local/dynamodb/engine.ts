import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../http/free-port.ts';
import { post } from '../http/post.ts';
import { scrubFile } from '../runtime/scrub-file.ts';
import { AwsError } from '../runtime/service.ts';

/** A DynamoDB that answers at `url`; `db` opens its file when it is the engine that runs here. */
export type Engine = {
  url: string;
  db?: DatabaseSync;
  /** `DynamoDB.PutItem`, `Streams.GetRecords` …; throws AwsError */
  call<T = unknown>(target: `${'DynamoDB' | 'Streams'}.${string}`, input: unknown): Promise<T>;
  /** where indexes are late: resolves once they show what is written now */
  caughtUp?(): Promise<unknown>;
  /** removes from its file what was deleted; does nothing for an engine that runs elsewhere */
  scrub(): void;
  stop(): Promise<void>;
};

const targets = { DynamoDB: 'DynamoDB_20120810', Streams: 'DynamoDBStreams_20120810' };

const headers = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20260101T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=local',
};

export const caller =
  (url: string): Engine['call'] =>
  async (target, input) => {
    const [api, operation] = target.split('.') as ['DynamoDB' | 'Streams', string];
    const sent = { ...headers, 'x-amz-target': `${targets[api]}.${operation}` };
    const { status, text } = await post(url, sent, JSON.stringify(input));
    const body = JSON.parse(text || '{}');
    if (status === 200) return body;
    const code = String(body.__type ?? 'InternalServerError')
      .split('#')
      .at(-1)!;
    throw new AwsError(code, body.message ?? body.Message ?? text, status);
  };

/** where the engine's binary lies; throws with what to do */
const binary = () => {
  const name = `@dynoxide/${process.platform}-${process.arch}`;
  try {
    const path = join(createRequire(import.meta.url).resolve(`${name}/package.json`), '..', 'dynoxide');
    if (existsSync(path)) return path;
  } catch {}
  throw new Error(
    `the DynamoDB engine ${name} is not installed: run npm ci, or start another DynamoDB (npx --yes dynoxide@1.2.1) and set RAPPORT_DYNAMODB_ENDPOINT to its address`,
  );
};

/**
 * The guard reads a pipe that closes when this process ends, however it ends, and then ends the engine;
 * `exec` makes the shell become the engine, so the child's id and exit are the engine's own.
 */
const guarded = 'exec 3<&0; { read -r _ <&3; kill -9 $$; } >/dev/null 2>&1 & exec "$0" "$@" 3<&- </dev/null';

const launch = (file: string, port: number) =>
  spawn('/bin/sh', ['-c', guarded, binary(), 'serve', '--port', String(port), '--db-path', file], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true, // Ctrl-C is for the runtime, which ends the engine last
  });

const untilUp = async (engine: ChildProcess, call: Engine['call']) => {
  let output = '';
  engine.stderr!.on('data', chunk => {
    output = (output + chunk).slice(-2000);
  });
  for (let tries = 0; tries < 500; tries++) {
    if (engine.exitCode !== null) {
      throw new Error(
        `the DynamoDB engine ended at once (${output.trim()}): remove the data folder, or name another with --data`,
      );
    }
    try {
      return await call('DynamoDB.ListTables', {});
    } catch {
      await sleep(10);
    }
  }
  throw new Error(`the DynamoDB engine does not answer: ${output.trim()}`);
};

const openFile = (file: string) => {
  const db = new DatabaseSync(file, { timeout: 5000 });
  // as shipped, each write looks for the last sequence number in the whole stream
  db.exec(
    'CREATE INDEX IF NOT EXISTS rapport_sequence ON _stream_records (table_name, CAST(sequence_number AS INTEGER))',
  );
  return db;
};

/** an engine that ends by itself is started again: what it had acknowledged is in its file */
const keepRunning = (start: () => ChildProcess, died: (why: string) => void) => {
  let stopping = false;
  const begin = () => {
    const begun = Date.now();
    const child = start();
    child.stdin!.on('error', () => {}); // it went away
    child.on('exit', (code, signal) => {
      child.stdin!.destroy();
      // one that ends at once would do so again; the start reports why
      if (stopping || Date.now() - begun < 1000) return;
      died(`the DynamoDB engine ended (${signal ?? code}); it is started again`);
      engine = begin();
    });
    return child;
  };
  let engine = begin();
  return {
    child: () => engine,
    async stop() {
      stopping = true;
      if (engine.exitCode !== null || engine.signalCode !== null) return;
      engine.kill('SIGTERM');
      const killer = setTimeout(() => engine.kill('SIGKILL'), 3000);
      await once(engine, 'exit');
      clearTimeout(killer);
    },
  };
};

/** Starts the engine on a file in `dir`, or uses the one at `endpoint`. `died` runs when it ended by itself. */
export const startEngine = async (dir: string, died: (why: string) => void, endpoint?: string): Promise<Engine> => {
  if (endpoint) {
    const call = caller(endpoint);
    await call('DynamoDB.ListTables', {}).catch(error => {
      throw new Error(`no DynamoDB answers at ${endpoint} (RAPPORT_DYNAMODB_ENDPOINT): ${error.message}`);
    });
    return { url: endpoint, call, scrub: () => {}, stop: async () => {} };
  }
  const file = join(dir, 'dynamodb.db');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const call = caller(url);
  const running = keepRunning(() => launch(file, port), died);
  await untilUp(running.child(), call);
  const db = openFile(file);
  return {
    url,
    db,
    call,
    scrub() {
      // while it is stopped, requests wait instead of failing for a locked file
      const held = running.child();
      held.kill('SIGSTOP');
      try {
        scrubFile(db);
      } finally {
        held.kill('SIGCONT');
      }
    },
    async stop() {
      db.close();
      await running.stop();
    },
  };
};

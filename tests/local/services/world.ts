import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { AwsError, type Clock, type Platform, type Service } from '../../../local/runtime/service.ts';

type Timer = { time: number; wake: () => void };
type Sent = {
  QueueUrl: string;
  MessageBody: string;
  MessageGroupId?: string;
  MessageAttributes?: Message['attributes'];
};
export type Message = {
  queue: string;
  body: string;
  attributes: Record<string, { StringValue: string }>;
  group: string | undefined;
};

/** a clock that stands still until it is moved */
const movableClock = (start: number): Clock & { jump(time: number): void; next(): number | undefined } => {
  const timers = new Set<Timer>();
  let now = start;
  return {
    now: () => now,
    at(time, wake) {
      const timer = { time, wake };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    next: () => (timers.size ? Math.min(...[...timers].map(({ time }) => time)) : undefined),
    jump(time) {
      now = Math.max(now, time);
      for (const timer of [...timers].sort((a, b) => a.time - b.time)) {
        if (timer.time <= now && timers.delete(timer)) timer.wake();
      }
    },
  };
};

export const account = '000000000000';
export const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:${account}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:eu-central-1:${account}:function:${name}`;

const folders: string[] = [];
export const newFile = () => {
  const folder = mkdtempSync(join(tmpdir(), 'services-'));
  folders.push(folder);
  return join(folder, 'state.db');
};
/** removes the files of all worlds of this process */
export const dropWorlds = () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

/** A runtime in small: a database file, a clock to move, functions and queues in memory. `again` opens it anew, as after a kill. */
export const openWorld = (from?: { file: string; time: number }) => {
  const file = from?.file ?? newFile();
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL');
  const clock = movableClock(from?.time ?? Date.parse('2026-03-02T10:00:00Z'));
  const functions = new Map<string, (payload: unknown) => unknown>();
  const queues = new Map<string, Message[]>();
  const services = new Map<string, Service>();
  const warnings: string[] = [];
  let dead = false;

  const sqs = {
    async call(operation: string, input: Sent) {
      if (dead) await new Promise(() => {});
      const queue = String(input.QueueUrl).split('/').pop()!;
      if (operation !== 'SendMessage' || !queues.has(queue))
        throw new AwsError('QueueDoesNotExist', `no queue ${queue}`);
      queues.get(queue)!.push({
        queue,
        body: input.MessageBody,
        attributes: input.MessageAttributes ?? {},
        group: input.MessageGroupId,
      });
      return { MessageId: 'm' };
    },
  };

  const platform: Platform = {
    db,
    clock,
    account,
    region: 'eu-central-1',
    awsUrl: 'http://127.0.0.1:4566',
    async invoke(arn, payload) {
      const handler = functions.get(arn.split(':').pop()!);
      if (!handler) throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      const result = await handler(structuredClone(payload));
      // a killed process hears no more answers
      if (dead) await new Promise(() => {});
      return result;
    },
    call: async (name, operation, input) => {
      const found = name === 'sqs' ? sqs : services.get(name);
      if (!found) throw new AwsError('UnknownService', name);
      return found.call?.(operation, input as Sent);
    },
    warn: line => warnings.push(line),
  };

  const pending = () => [...services.values()].reduce((sum, service) => sum + (service.pending?.() ?? 0), 0);
  /** waits until nothing is under way or due */
  const settle = async () => {
    for (let quiet = 0, left = 100_000; quiet < 5; left--) {
      if (!left) throw new Error('never settles');
      await turn();
      quiet = pending() ? 0 : quiet + 1;
    }
  };

  return {
    ...platform,
    platform,
    functions,
    queues,
    warnings,
    jump: clock.jump,
    next: clock.next,
    settle,
    queue: (name: string) => {
      if (!queues.has(name)) queues.set(name, []);
      return queues.get(name)!;
    },
    use: <T extends Service>(service: T) => {
      services.set(service.name, service);
      return service;
    },
    start: async () => {
      for (const service of services.values()) await service.start?.();
    },
    /** moves the clock through every due moment, as the runtime does */
    async moveTo(time: number | string) {
      const end = typeof time === 'string' ? Date.parse(time) : time;
      await settle();
      for (let next = clock.next(); next !== undefined && next <= end; next = clock.next()) {
        clock.jump(next);
        await settle();
      }
      clock.jump(end);
      await settle();
    },
    async advance(milliseconds: number) {
      await this.moveTo(clock.now() + milliseconds);
    },
    /** The file as kill -9 would leave it at this moment, in a new place; what goes on here no longer reaches it. */
    kill() {
      const left = newFile();
      for (const part of ['', '-wal']) if (existsSync(file + part)) copyFileSync(file + part, left + part);
      dead = true;
      return { file: left, time: clock.now() };
    },
  };
};
export type World = ReturnType<typeof openWorld>;

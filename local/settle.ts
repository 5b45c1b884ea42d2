import { setTimeout as sleep } from 'node:timers/promises';
import type { MovableClock } from './clock.ts';
import type { Expiry } from './expiry.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Service } from './service.ts';
import type { Stream } from './streams.ts';

type Parts = {
  clock: MovableClock;
  functions: Functions;
  queues: Queues;
  streams: Stream[];
  services: Service[];
  expiry: Expiry;
  warn(line: string): void;
};

/** What is under way, by name and number; empty when nothing is. */
export type Pending = Record<string, number>;

/** TTL is not punctual on AWS either: its deletes are stepped by the hour */
const hour = 3_600_000;

/** so many steps of one move, and a message that fails for ever is not waited for any longer */
const mostSteps = 20_000;

const positive = (counts: Pending): Pending =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

/** Waits until nothing is under way, and moves the clock through everything that falls due. */
export const openSettling = ({ clock, functions, queues, streams, services, expiry, warn }: Parts) => {
  const count = async (): Promise<Pending> => {
    let records = 0;
    for (const stream of streams) records += await stream.pending();
    const { pending: messages } = await queues.status();
    const named = services.map(service => [service.name, service.pending()]);
    return positive({ streams: records, ...messages, functions: functions.running(), ...Object.fromEntries(named) });
  };
  /** work may pass from one part to another between two looks: only two looks that see nothing begin or wait agree */
  const pending = async (): Promise<Pending> => {
    const begun = functions.begun();
    const first = await count();
    if (Object.keys(first).length) return first;
    const second = await count();
    return functions.begun() === begun ? second : { functions: functions.begun() - begun, ...second };
  };

  const settle = async (timeoutMs: number): Promise<Pending> => {
    const until = performance.now() + timeoutMs;
    for (let wait = 1; ; wait = Math.min(wait * 2, 20)) {
      const left = await pending();
      if (!Object.keys(left).length || performance.now() >= until) return left;
      await sleep(wait);
    }
  };

  const nextDue = async () => {
    const expires = expiry.next();
    const { due } = await queues.status();
    return Math.min(clock.next() ?? Infinity, due, expires === undefined ? Infinity : Math.ceil(expires / hour) * hour);
  };

  const jump = async (time: number) => {
    clock.jump(time);
    await queues.moved();
    if ((expiry.next() ?? Infinity) <= clock.now()) await expiry.sweep();
  };

  let moving: Promise<void> = Promise.resolve();
  const moveTo = async (target: number) => {
    let patience = 60_000;
    const settled = async () => {
      // what does not come to rest, as a function that fails for ever, is waited for once
      if (Object.keys(await settle(patience)).length) patience = 500;
    };
    await settled();
    for (let steps = 0; steps < mostSteps; steps++) {
      const next = await nextDue();
      if (next > target) break;
      await jump(Math.max(next, clock.now()));
      await settled();
      if (steps === mostSteps - 1) warn('the clock passed more due instants than it can wait for; it jumps now');
    }
    await jump(target);
    if (expiry.blind) await expiry.sweep();
    await settled();
  };

  return {
    settle,
    /** moves the clock to `target`, each due instant on the way in its order and settled before the next */
    moveTo(target: number) {
      const move = moving.then(() => moveTo(target));
      moving = move.catch(() => {}); // told to who asked; the next move is not barred
      return move;
    },
  };
};

export type Settling = ReturnType<typeof openSettling>;

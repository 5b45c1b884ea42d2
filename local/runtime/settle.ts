import { setTimeout as sleep } from 'node:timers/promises';
import type { Expiry } from '../dynamodb/expiry.ts';
import type { Stream } from '../dynamodb/streams.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Queues } from '../sqs/queues.ts';
import type { MovableClock } from './clock.ts';
import type { Service } from './service.ts';

type Parts = {
  clock: MovableClock;
  functions: Functions;
  queues: Queues;
  streams: Stream[];
  services: Service[];
  expiry: Expiry;
  warn(line: string): void;
};

export type Pending = Record<string, number>;

/** TTL is not punctual on AWS either: its deletes are stepped by the hour */
const hour = 3_600_000;

/** real milliseconds that a step of the clock waits for work to end, and once something has not ended in that time */
const patience = { first: 60_000, later: 500 };

/** after so many steps of one move, a message that always fails is not waited for any longer */
const mostSteps = 20_000;

const any = (pending: Pending) => Object.keys(pending).length > 0;

/** Waits until nothing is under way, and moves the clock from one due instant to the next. */
export const openSettling = ({ clock, functions, queues, streams, services, expiry, warn }: Parts) => {
  const count = async (tenant?: string): Promise<Pending> => {
    let records = 0;
    for (const stream of streams) records += await stream.pending(tenant);
    const { pending: messages } = await queues.status(tenant);
    const named = services.map(service => [service.name, service.pending?.(tenant) ?? 0]);
    const counts: Pending = Object.fromEntries(named);
    const all = { streams: records, ...messages, functions: functions.running(tenant), ...counts };
    return Object.fromEntries(Object.entries(all).filter(([, counted]) => counted > 0));
  };
  /** work may pass from one part to another between two looks: only two looks that see nothing begin or wait agree */
  const pending = async (tenant?: string): Promise<Pending> => {
    const begun = functions.begun(tenant);
    const first = await count(tenant);
    if (any(first)) return first;
    const second = await count(tenant);
    const more = functions.begun(tenant) - begun;
    return more ? { functions: more, ...second } : second;
  };
  const settle = async (timeoutMs: number, tenant?: string): Promise<Pending> => {
    const until = performance.now() + timeoutMs;
    for (let wait = 1; ; wait = Math.min(wait * 2, 10)) {
      const left = await pending(tenant);
      if (!any(left) || performance.now() >= until) return left;
      await sleep(wait);
    }
  };

  const nextDue = async () => {
    const expires = Math.ceil((expiry.next() ?? Infinity) / hour) * hour;
    const { due } = await queues.status();
    return Math.min(clock.next() ?? Infinity, due, expires);
  };
  const jump = async (time: number) => {
    clock.jump(time);
    await queues.moved();
    if ((expiry.next() ?? Infinity) <= clock.now()) await expiry.sweep();
  };
  const moveTo = async (target: number) => {
    let wait = patience.first;
    const settled = async () => {
      if (any(await settle(wait))) wait = patience.later;
    };
    await settled();
    let next = await nextDue();
    for (let step = 1; next <= target; step++) {
      if (step > mostSteps) {
        warn('the clock passed more due instants than it can wait for; it jumps now');
        break;
      }
      await jump(Math.max(next, clock.now()));
      await settled();
      next = await nextDue();
    }
    await jump(target);
    if (expiry.blind) await expiry.sweep();
    await settled();
  };

  let moving: Promise<void> = Promise.resolve();
  return {
    settle,
    /** moves the clock to `target` by jumps from one due instant to the next, each settled before the next */
    moveTo(target: number) {
      const move = moving.then(() => moveTo(target));
      moving = move.catch(() => {}); // the caller gets the error; the next move goes on
      return move;
    },
  };
};

export type Settling = ReturnType<typeof openSettling>;

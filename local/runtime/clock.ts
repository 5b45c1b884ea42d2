import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from './service.ts';

/** setTimeout counts in 32 bits; longer waits are slept in pieces */
const longest = 2 ** 31 - 1;

type Wait = { time: number; wake: () => void };

/** The runtime's clock: real time plus an offset that survives restarts and is shared with every worker. */
export type MovableClock = Clock & {
  offset(): number;
  /** read by workers: one 64-bit float, the offset in milliseconds */
  shared: SharedArrayBuffer;
  /** the next instant something waits for */
  next(): number | undefined;
  /** moves to `time` (never back) and wakes all that is due by then, in order of time */
  jump(time: number): void;
  moved(listen: () => void): void;
  stop(): void;
};

/** binary search for the place after all waits that are due no later */
const placeIn = (waits: Wait[], time: number) => {
  let low = 0;
  let high = waits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (waits[middle]!.time <= time) low = middle + 1;
    else high = middle;
  }
  return low;
};

const storedOffset = (db: DatabaseSync) => {
  db.exec('CREATE TABLE IF NOT EXISTS clock (id INTEGER PRIMARY KEY CHECK (id = 1), offset REAL NOT NULL)');
  return Number(db.prepare('SELECT offset FROM clock').get()?.offset ?? 0);
};

export const openClock = (db: DatabaseSync): MovableClock => {
  const shared = new SharedArrayBuffer(8);
  const offset = new Float64Array(shared);
  offset[0] = storedOffset(db);
  const waits: Wait[] = []; // soonest first
  const listeners: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const now = () => Date.now() + offset[0]!;
  const arm = () => {
    clearTimeout(timer);
    const first = waits[0];
    if (first) timer = setTimeout(fire, Math.min(Math.max(first.time - now(), 0), longest));
  };
  const fire = () => {
    while (waits[0] && waits[0].time <= now()) waits.shift()!.wake();
    arm();
  };

  return {
    now,
    shared,
    offset: () => offset[0]!,
    next: () => waits[0]?.time,
    at(time, wake) {
      const wait = { time, wake };
      const place = placeIn(waits, time);
      waits.splice(place, 0, wait);
      if (place === 0) arm();
      return () => {
        const index = waits.indexOf(wait);
        if (index >= 0) waits.splice(index, 1);
      };
    },
    jump(time) {
      if (time > now()) {
        offset[0] = Math.ceil(time - Date.now());
        db.prepare('INSERT INTO clock VALUES (1, ?) ON CONFLICT DO UPDATE SET offset = excluded.offset').run(offset[0]);
      }
      for (const listen of listeners) listen();
      fire();
    },
    moved: listen => void listeners.push(listen),
    stop: () => clearTimeout(timer),
  };
};

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';

/** V8 collects when it allocates: a process that was busy and then rests would hold its garbage for hours */
const lookEvery = 20_000;

/** Collects garbage once after each busy time. Returns what stops it. */
export const tidyMemory = (functions: Functions, queues: Queues) => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let seen = functions.begun();
  let tidy = true;
  const look = () => {
    const busy = functions.begun() !== seen;
    seen = functions.begun();
    if (!busy && !tidy) {
      collect();
      void queues.tidy();
    }
    tidy = !busy;
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
};

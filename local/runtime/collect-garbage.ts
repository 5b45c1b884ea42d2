import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Functions } from '../lambda/functions.ts';
import type { Queues } from '../sqs/queues.ts';

/** V8 collects when it allocates: a process that was busy and then rests would hold its garbage for hours */
const lookEvery = 20_000;

export const collectGarbage = (functions: Functions, queues: Queues) => {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let seen = functions.begun();
  let collected = true;
  const look = () => {
    const busy = functions.begun() !== seen;
    seen = functions.begun();
    if (!busy && !collected) {
      collect();
      void queues.tidy();
    }
    collected = !busy;
  };
  const timer = setInterval(look, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
};

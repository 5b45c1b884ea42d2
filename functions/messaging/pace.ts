import { setTimeout } from 'node:timers/promises';

/** how long this instance waits before each send: twice as long after it was throttled, a little less after each success */
let pauseMs = 0;

const [leastMs, mostMs] = [100, 1_600];

export const paced = async () => {
  if (pauseMs >= leastMs) await setTimeout(pauseMs);
};

export const pace = (throttled: boolean) => {
  pauseMs = throttled ? Math.min(Math.max(pauseMs * 2, leastMs), mostMs) : pauseMs * 0.9;
};

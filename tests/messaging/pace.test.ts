import { expect, test } from 'vitest';
import { pace, paced } from '../../functions/messaging/pace.ts';

const waited = async () => {
  const start = performance.now();
  await paced();
  return performance.now() - start;
};

test('after it was throttled an instance waits before each send, longer each time, and less with every success', async () => {
  expect(await waited()).toBeLessThan(50);
  pace(true);
  pace(true);
  expect(await waited()).toBeGreaterThan(190);
  for (let nth = 0; nth < 10; nth++) pace(false);
  expect(await waited()).toBeLessThan(50);
  for (let nth = 0; nth < 20; nth++) pace(true);
  for (let nth = 0; nth < 30; nth++) pace(false);
  expect(await waited()).toBeLessThan(50);
});

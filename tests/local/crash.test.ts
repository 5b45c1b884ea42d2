import { expect, test } from 'vitest';
import { tryCrashes } from '../../bench/crash/trial.ts';
import { scratchFolder } from './fixture-stack.ts';

test('killed in the middle of its work, and its database with it, the product has done everything once', {
  timeout: 180_000,
}, async () => {
  const { wrong, checked, customers } = await tryCrashes({ dataDir: scratchFolder(), kills: 3, lanes: 2 });
  expect(wrong).toEqual([]);
  expect(customers).toBeGreaterThan(3);
  expect(checked).toMatchObject({ customer: customers, 'resolved case closed': expect.any(Number) });
});

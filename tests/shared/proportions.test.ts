import { expect, test } from 'vitest';
import { chiSquaredTail, manyProportions, newcombe, twoProportions } from '../../functions/shared/proportions.ts';

const share = (successes: number, of: number) => ({ successes, of });

test('two proportions are tested as statisticians’ software does', () => {
  const first = twoProportions(share(5, 83), share(12, 99));
  expect(first?.z).toBeCloseTo(-1.4078304151258787, 12);
  expect(first?.p).toBeCloseTo(0.15918129181156992, 12);
  const published = [
    [15, 50, 25, 50, 4.166667, 0.041227],
    [200, 1000, 250, 1000, 7.168459, 0.0074196],
    [100, 10_000, 120, 10_000, 1.8384, 0.17514],
  ] as const;
  for (const [a, n, b, m, chiSquared, p] of published) {
    const { z, p: found } = twoProportions(share(a, n), share(b, m))!;
    expect(z * z).toBeCloseTo(chiSquared, 4);
    expect(found).toBeCloseTo(p, 5);
  }
  expect(twoProportions(share(0, 10), share(0, 20))).toBeUndefined();
});

test('several proportions, and the tail of the distribution', () => {
  const smokers = manyProportions([share(83, 86), share(90, 93), share(129, 136), share(70, 82)]);
  expect(smokers.chiSquared).toBeCloseTo(12.6004, 4);
  expect(smokers.p).toBeCloseTo(0.0055855, 7);
  expect(chiSquaredTail(0, 1)).toBe(1);
  expect(chiSquaredTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
});

test('Newcombe’s interval of a difference', () => {
  const [low, high] = newcombe(share(7, 34), share(1, 34));
  expect(low).toBeCloseTo(0.019, 3);
  expect(high).toBeCloseTo(0.34, 3);
  const [lower, higher] = newcombe(share(0, 20), share(0, 20));
  expect(lower).toBeCloseTo(-higher, 12);
});

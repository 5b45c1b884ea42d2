import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allocate,
  ceilingOf,
  Decimal,
  decimalText,
  divide,
  exact,
  exactOf,
  floorOf,
  multiply,
  rounded,
  subtract,
  sumOf,
} from '../../functions/shared/exact.ts';

test('halves are rounded away from zero', () => {
  const cases = { '0.5': 1n, '1.5': 2n, '2.5': 3n, '2.4999999': 2n, '2': 2n };
  for (const [decimal, whole] of Object.entries(cases)) expect(rounded(exactOf(decimal)), decimal).toBe(whole);
  expect(rounded(exact(-5n, 2n))).toBe(-3n);
  expect([floorOf(exact(-5n, 2n)), ceilingOf(exact(-5n, 2n)), floorOf(exact(5n, 2n))]).toEqual([-3n, -2n, 2n]);
});

test('a decimal is read and written without a loss', () => {
  const decimal = fc
    .tuple(fc.nat(), fc.nat({ max: 999_999 }))
    .map(([whole, part]) => `${whole}.${String(part).padStart(6, '0')}`);
  fc.assert(
    fc.property(decimal, text => {
      const trimmed = text.replace(/\.?0+$/, '');
      expect(decimalText(exactOf(text), 6)).toBe(trimmed || '0');
    }),
  );
  expect(decimalText(divide(exact(2n), exact(3n)), 4)).toBe('0.6667');
});

test('what is no decimal is refused: exponents, signs, too many digits', () => {
  for (const good of ['1', '1.25', 0.1, 12]) expect(Decimal.safeParse(good).success, String(good)).toBe(true);
  for (const bad of ['-1', '1e3', '.5', '1.', 1e21, -0.5, 1e-9, '1,5', '', Number.NaN])
    expect(Decimal.safeParse(bad).success, String(bad)).toBe(false);
});

const weights = fc.array(
  fc.bigInt({ min: 0n, max: 10n ** 9n }).map(n => exact(n, 100n)),
  { minLength: 1, maxLength: 30 },
);

test('shares add up to the amount, and each is its exact share, rounded up or down', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weights, (amount, given) => {
      const whole = sumOf(given);
      fc.pre(whole.n > 0n);
      const shares = allocate(amount, given);
      expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(amount);
      for (const [nth, share] of shares.entries()) {
        const wanted = divide(multiply(exact(amount), given[nth]!), whole);
        expect(share === floorOf(wanted) || share === ceilingOf(wanted)).toBe(true);
      }
    }),
  );
});

test('a larger weight never has a smaller share, and of equal remainders the larger weight is raised', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), weights, (amount, given) => {
      const shares = allocate(amount, given);
      const ranked = given.map((weight, nth) => ({ weight, share: shares[nth]! }));
      ranked.sort((a, b) => Number(subtract(a.weight, b.weight).n));
      for (const [nth, { share }] of ranked.entries())
        if (nth && subtract(ranked[nth]!.weight, ranked[nth - 1]!.weight).n > 0n)
          expect(share >= ranked[nth - 1]!.share).toBe(true);
    }),
  );
  expect(allocate(3n, [exact(1n), exact(3n)])).toEqual([1n, 2n]);
  expect(allocate(1n, [exact(1n), exact(1n)])).toEqual([1n, 0n]);
  expect(allocate(2n, [exact(1n), exact(3n)])).toEqual([0n, 2n]);
});

import * as z from 'zod';

/** An exact number: a fraction in lowest terms; the denominator is positive. */
export type Exact = Readonly<{ n: bigint; d: bigint }>;

const divisor = (a: bigint, b: bigint) => {
  let [x, y] = a < 0n ? [-a, b] : [a, b];
  while (y) [x, y] = [y, x % y];
  return x;
};

export const exact = (n: bigint, d = 1n): Exact => {
  if (d === 0n) throw new RangeError('division by zero');
  const sign = d < 0n ? -1n : 1n;
  const common = divisor(n, sign * d);
  return { n: (sign * n) / common, d: (sign * d) / common };
};

export const zero = exact(0n);
export const one = exact(1n);

/** ten to the power of a whole number from 0 */
export const tenTo = (power: number) => 10n ** BigInt(power);

/** the number that a decimal spells */
export const exactOf = (decimal: string | number): Exact => {
  const [whole = '', fraction = ''] = String(decimal).split('.');
  return exact(BigInt(`${whole}${fraction}`), tenTo(fraction.length));
};

export const add = (a: Exact, b: Exact) => exact(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Exact, b: Exact) => exact(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Exact, b: Exact) => exact(a.n * b.n, a.d * b.d);
export const divide = (a: Exact, b: Exact) => exact(a.n * b.d, a.d * b.n);
export const sumOf = (all: Exact[]) => all.reduce(add, zero);

export const isBelow = (a: Exact, b: Exact) => a.n * b.d < b.n * a.d;
export const leastOf = (a: Exact, b: Exact) => (isBelow(b, a) ? b : a);
export const isZero = ({ n }: Exact) => n === 0n;

export const floorOf = ({ n, d }: Exact) => (n >= 0n ? n / d : -((-n + d - 1n) / d));
export const ceilingOf = ({ n, d }: Exact) => -floorOf({ n: -n, d });

/** the nearest whole number; of two equally near ones that further from zero */
export const rounded = ({ n, d }: Exact): bigint => (n < 0n ? -rounded({ n: -n, d }) : (2n * n + d) / (2n * d));

/** as a decimal with at most so many places */
export const decimalText = (value: Exact, places: number): string => {
  const all = rounded(multiply(value, exact(tenTo(places))));
  const digits = String(all < 0n ? -all : all).padStart(places + 1, '0');
  const [whole, fraction] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  const trimmed = fraction.replace(/0+$/, '');
  return `${all < 0n ? '-' : ''}${whole}${trimmed && `.${trimmed}`}`;
};

/**
 * A whole amount in shares by weights: each share is the exact one, rounded up or down, and their sum is the amount. What is
 * left of rounding down goes to the largest remainders, of equal ones to the larger weight.
 */
export const allocate = (amount: bigint, weights: Exact[]): bigint[] => {
  const whole = sumOf(weights);
  if (isZero(whole)) return weights.map(() => 0n);
  const shares = weights.map((weight, nth) => {
    const share = divide(multiply(exact(amount), weight), whole);
    const low = floorOf(share);
    return { nth, weight, low, rest: subtract(share, exact(low)) };
  });
  const left = amount - shares.reduce((sum, { low }) => sum + low, 0n);
  const descending = (a: Exact, b: Exact) => (isBelow(a, b) ? 1 : isBelow(b, a) ? -1 : 0);
  const ranked = shares.toSorted(
    (a, b) => descending(a.rest, b.rest) || descending(a.weight, b.weight) || a.nth - b.nth,
  );
  const raised = new Set(ranked.slice(0, Number(left)).map(({ nth }) => nth));
  return shares.map(({ nth, low }) => low + (raised.has(nth) ? 1n : 0n));
};

const spelling = /^\d{1,12}(\.\d{1,12})?$/;
const unspelt = {
  error: 'must be a decimal number such as "1.25", not negative, of at most 12 digits and 12 decimals',
  abort: true,
};

/** A decimal number that is not negative: a text, or a JSON number, which is taken as it is written. */
export const Decimal = z
  .union([z.string().regex(spelling, unspelt), z.number()], unspelt.error)
  .refine(value => spelling.test(String(value)), unspelt)
  .meta({ examples: ['1.25'] });
export type Decimal = z.output<typeof Decimal>;

export const Positive = Decimal.refine(value => !isZero(exactOf(value)), 'must be above zero');

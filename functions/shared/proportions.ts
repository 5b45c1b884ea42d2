/** how many of how many */
export type Share = { of: number; successes: number };

const rateOf = ({ of, successes }: Share) => successes / of;

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const t = x + 6.5;
  const sum = lanczos.reduce((total, part, nth) => total + part / (x + nth), 0.9999999999998099);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

const mostTerms = 1000;

/** the regularised upper incomplete gamma function, by its series below a + 1 and its continued fraction above */
const upperGamma = (a: number, x: number): number => {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < mostTerms && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - sum * scale;
  }
  let b = x + 1 - a;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < mostTerms; n++) {
    const factor = -n * (n - a);
    b += 2;
    d = 1 / (factor * d + b);
    c = b + factor / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return scale * fraction;
};

/** the probability of a value of the chi-squared distribution at least so large */
export const chiSquaredTail = (value: number, degrees: number) => upperGamma(degrees / 2, value / 2);

/** of two samples: the pooled z of their difference, and how probable one as large is by chance; undefined where none varies */
export const twoProportions = (a: Share, b: Share): { z: number; p: number } | undefined => {
  const pooled = (a.successes + b.successes) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  if (!(error > 0)) return undefined;
  const z = (rateOf(a) - rateOf(b)) / error;
  return { z, p: chiSquaredTail(z * z, 1) };
};

/** whether several proportions differ: Pearson's chi-squared, without a correction for continuity */
export const manyProportions = (shares: Share[]) => {
  const all = shares.reduce((sum, { of, successes }) => ({ of: sum.of + of, successes: sum.successes + successes }));
  const rate = rateOf(all);
  const chiSquared = shares.reduce(
    (sum, { of, successes }) => sum + (successes - of * rate) ** 2 / (of * rate * (1 - rate)),
    0,
  );
  return { chiSquared, p: chiSquaredTail(chiSquared, shares.length - 1) };
};

const z95 = 1.959963984540054;

/** Wilson's score interval of one proportion, 95 % */
export const wilson = ({ of, successes }: Share, z = z95): [low: number, high: number] => {
  const p = successes / of;
  const centre = p + (z * z) / (2 * of);
  const half = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  const whole = 1 + (z * z) / of;
  return [(centre - half) / whole, (centre + half) / whole];
};

/** Newcombe's interval of the difference of two proportions, 95 %: his method 10, from the two score intervals */
export const newcombe = (a: Share, b: Share): [low: number, high: number] => {
  const [pa, pb] = [rateOf(a), rateOf(b)];
  const [[lowA, highA], [lowB, highB]] = [wilson(a), wilson(b)];
  return [pa - pb - Math.hypot(pa - lowA, highB - pb), pa - pb + Math.hypot(highA - pa, pb - lowB)];
};

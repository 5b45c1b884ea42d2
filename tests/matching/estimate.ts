import type { Odds } from '../../functions/matching/fellegi-sunter.ts';

/** So many pairs whose comparisons came out at these levels; undefined: no evidence. */
export type Seen = { levels: (number | undefined)[]; count: number };

/** the share of pairs that are one customer, and the odds of each level of each comparison */
export type Estimate = { share: number; odds: Odds[][] };

type Stop = { rounds: number; within: number };

const likelihood = (odds: Odds[][], levels: Seen['levels'], of: keyof Odds) =>
  levels.reduce<number>((product, level, nth) => product * (level === undefined ? 1 : odds[nth]![level]![of]), 1);

/** how probable it is that pairs at these levels are of one customer */
export const probabilityAt = ({ share, odds }: Estimate, levels: Seen['levels']) => {
  const one = share * likelihood(odds, levels, 'm');
  return one / (one + (1 - share) * likelihood(odds, levels, 'u'));
};

/** one round: what the pairs are by the odds so far, and the odds by what the pairs are */
const better = (now: Estimate, seen: Seen[]): Estimate => {
  const weighed = seen.map(({ levels, count }) => {
    const one = count * probabilityAt(now, levels);
    return { levels, one, two: count - one };
  });
  const shareAt = (nth: number, level: number, of: 'one' | 'two') => {
    const said = weighed.filter(({ levels }) => levels[nth] !== undefined);
    const total = said.reduce((sum, pair) => sum + pair[of], 0);
    const at = said.filter(({ levels }) => levels[nth] === level).reduce((sum, pair) => sum + pair[of], 0);
    return total ? at / total : 0;
  };
  const total = weighed.reduce((sum, { one, two }) => sum + one + two, 0);
  return {
    share: weighed.reduce((sum, { one }) => sum + one, 0) / total,
    odds: now.odds.map((levels, nth) =>
      levels.map((_, level) => ({ m: shareAt(nth, level, 'one'), u: shareAt(nth, level, 'two') })),
    ),
  };
};

const apart = (a: Estimate, b: Estimate) => {
  const numbers = ({ share, odds }: Estimate) => [share, ...odds.flat().flatMap(({ m, u }) => [m, u])];
  const others = numbers(b);
  return Math.max(...numbers(a).map((number, nth) => Math.abs(number - others[nth]!)));
};

/**
 * The odds that explain best what was seen, without knowing which pairs are of one customer: expectation maximisation
 * (Dempster, Laird, Rubin 1977; for record linkage Winkler 1988) from a start until no number changes by more than `within`.
 */
export const estimate = (seen: Seen[], start: Estimate, { rounds, within }: Stop = { rounds: 200, within: 1e-5 }) => {
  let now = start;
  for (let round = 0; round < rounds; round++) {
    const next = better(now, seen);
    const still = apart(now, next) <= within;
    now = next;
    if (still) break;
  }
  return now;
};

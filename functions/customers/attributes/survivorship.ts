import { minus } from '../../shared/time/duration.ts';
import type { Criterion, CustomerSettings } from '../settings.ts';
import { confidenceOf, sourceRuleOf } from './confidence.ts';
import { attributeAt } from './paths.ts';
import type { Origin } from './provenance.ts';

export type Verdict = { wins: 'first' | 'second'; why: string };

type Pair = { attribute: string; first: Origin; second: Origin };
type Context = { settings: CustomerSettings; now: string };

/** `over`: above 0 for the first value, below 0 for the second, 0 for neither */
type Comparison = {
  over: (pair: Pair, by: Context) => number;
  words: (winner: Origin, loser: Origin, by: Context) => string;
};

const isVerified = ({ verified }: Origin, { settings, now }: Context) =>
  verified !== undefined && verified.at >= minus(now, settings.verifiedFor);

const rankOf = ({ source }: Origin, { settings }: Context) => sourceRuleOf(settings, source).rank;

const comparisons: Record<Criterion, Comparison> = {
  verified: {
    over: ({ first, second }, by) => Number(isVerified(first, by)) - Number(isVerified(second, by)),
    words: ({ verified }) => `it was verified by ${verified?.by} on ${verified?.at.slice(0, 10)}`,
  },
  rank: {
    over: ({ first, second }, by) => rankOf(first, by) - rankOf(second, by),
    words: (winner, loser, by) =>
      `${winner.source} (rank ${rankOf(winner, by)}) takes precedence over ${loser.source} (rank ${rankOf(loser, by)})`,
  },
  confidence: {
    over: ({ attribute, first, second }, { settings, now }) =>
      confidenceOf(attribute, first, settings, now) - confidenceOf(attribute, second, settings, now),
    words: (winner, loser) => `${winner.source} is more confident than ${loser.source}`,
  },
  recency: {
    over: ({ first, second }) => Date.parse(first.observedAt) - Date.parse(second.observedAt),
    words: ({ observedAt }) => `it was observed later, on ${observedAt.slice(0, 10)}`,
  },
};

const defaultOrder: Criterion[] = ['verified', 'rank', 'recency'];

export const orderOf = ({ survivorship }: CustomerSettings, attribute: string) => {
  const { order, attributes = {} } = survivorship;
  const own = attributes[attributeAt(attribute)] ?? attributes[attribute.split('.')[0] ?? ''];
  return own ?? order;
};

/** Which of two values of an attribute applies; undefined if no criterion decides. */
export const contest = (pair: Pair, by: Context, order = orderOf(by.settings, pair.attribute) ?? defaultOrder) => {
  const { first, second } = pair;
  for (const criterion of order) {
    const { over, words } = comparisons[criterion];
    const difference = over(pair, by);
    if (difference > 0) return { wins: 'first', why: words(first, second, by) } satisfies Verdict;
    if (difference < 0) return { wins: 'second', why: words(second, first, by) } satisfies Verdict;
  }
  return undefined;
};

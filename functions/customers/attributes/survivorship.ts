import { minus } from '../../shared/time/duration.ts';
import type { Criterion, CustomerSettings } from '../settings.ts';
import { confidenceOf, standingOf } from './confidence.ts';
import { attributeAt } from './paths.ts';
import type { Origin } from './provenance.ts';

/** which of two values of an attribute counts, and why */
export type Verdict = { wins: 'first' | 'second'; why: string };

type Pair = { attribute: string; first: Origin; second: Origin };
type By = { settings: CustomerSettings; now: string };

/** more than nothing: the first counts; less: the second; nothing: it cannot tell */
type Comparison = { over: (pair: Pair, by: By) => number; words: (winner: Origin, loser: Origin, by: By) => string };

const isHeld = ({ verified }: Origin, { settings, now }: By) =>
  verified !== undefined && verified.at >= minus(now, settings.verifiedFor);

const rankOf = ({ source }: Origin, { settings }: By) => standingOf(settings, source).rank;

const comparisons: Record<Criterion, Comparison> = {
  verified: {
    over: ({ first, second }, by) => Number(isHeld(first, by)) - Number(isHeld(second, by)),
    words: ({ verified }) => `it was verified by ${verified?.by} on ${verified?.at.slice(0, 10)}`,
  },
  rank: {
    over: ({ first, second }, by) => rankOf(first, by) - rankOf(second, by),
    words: (winner, loser, by) =>
      `${winner.source} (rank ${rankOf(winner, by)}) is believed against ${loser.source} (rank ${rankOf(loser, by)})`,
  },
  confidence: {
    over: ({ attribute, first, second }, { settings, now }) =>
      confidenceOf(attribute, first, settings, now) - confidenceOf(attribute, second, settings, now),
    words: (winner, loser) => `${winner.source} is surer of it than ${loser.source}`,
  },
  recency: {
    over: ({ first, second }) => Date.parse(first.observedAt) - Date.parse(second.observedAt),
    words: ({ observedAt }) => `it was observed later, on ${observedAt.slice(0, 10)}`,
  },
};

/** in which order values are told apart until a company says so itself */
export const usualOrder: Criterion[] = ['verified', 'rank', 'recency'];

/** the order that a company wants for an attribute; undefined where it said nothing */
export const orderOf = ({ survivorship }: CustomerSettings, attribute: string) => {
  const { order, attributes = {} } = survivorship;
  const own = attributes[attributeAt(attribute)] ?? attributes[attribute.split('.')[0] ?? ''];
  return own ?? order;
};

/** Which of two values of an attribute counts; undefined where nothing tells them apart. */
export const contest = (pair: Pair, by: By, order = orderOf(by.settings, pair.attribute) ?? usualOrder) => {
  const { first, second } = pair;
  for (const criterion of order) {
    const { over, words } = comparisons[criterion];
    const difference = over(pair, by);
    if (difference > 0) return { wins: 'first', why: words(first, second, by) } satisfies Verdict;
    if (difference < 0) return { wins: 'second', why: words(second, first, by) } satisfies Verdict;
  }
  return undefined;
};

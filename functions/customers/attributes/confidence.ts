import { minus, toMs } from '../../shared/time/duration.ts';
import type { CustomerSettings, Source } from '../settings.ts';
import { definitionOf } from './definitions.ts';
import type { Origin } from './provenance.ts';

/** the reliability of sources by default; all have the same rank */
const defaults: Source[] = [
  { source: 'computed', reliability: 1 },
  { source: 'customer', reliability: 0.9 },
  { source: 'api', reliability: 0.8 },
  { source: 'import:*', reliability: 0.7 },
  { source: 'tracking:*', reliability: 0.6 },
  { source: 'unknown', reliability: 0.5 },
].map(one => ({ ...one, rank: 0 }));

const otherSource: Source = { source: '*', rank: 0, reliability: 0.7 };

const matches = ({ source: pattern }: Source, source: string) =>
  pattern.endsWith('*') ? source.startsWith(pattern.slice(0, -1)) : pattern === source;

const closest = (sources: Source[], source: string) =>
  sources.filter(one => matches(one, source)).sort((a, b) => b.source.length - a.source.length)[0];

export const sourceRuleOf = ({ sources }: CustomerSettings, source: string): Source =>
  closest(sources, source) ?? closest(defaults, source) ?? otherSource;

const verifiedReliability = 0.98;

const halfLives = { low: 1460, normal: 730, high: 365 };

const dayMs = 86_400_000;

/** when a value was last observed or verified */
export const lastSeen = ({ observedAt, verified }: Origin) =>
  verified && verified.at > observedAt ? verified.at : observedAt;

const halfLifeMs = (settings: CustomerSettings, attribute: string, now: string) => {
  const { freshness, accuracy = 'normal' } = definitionOf(settings, attribute) ?? {};
  return freshness ? 2 * (toMs(now) - toMs(minus(now, freshness))) : halfLives[accuracy] * dayMs;
};

/**
 * The confidence in a value, from 0 to 1: reliability × 2^(-age / half-life). Reliability is the source's confidence in the
 * value, else the source's own, at least 0.98 once verified. Age counts from the last observation or verification. Half-life
 * is twice the required freshness, else 4, 2 or 1 years for low, normal or high accuracy.
 */
export const confidenceOf = (attribute: string, origin: Origin, settings: CustomerSettings, now: string): number => {
  const { source, verified, confidence } = origin;
  const stated = confidence ?? sourceRuleOf(settings, source).reliability;
  const reliability = verified ? Math.max(stated, verifiedReliability) : stated;
  const since = lastSeen(origin);
  const age = Math.max(0, toMs(now) - toMs(since));
  const trusted = reliability * 2 ** (-age / Math.max(1, halfLifeMs(settings, attribute, now)));
  return Math.round(trusted * 1000) / 1000;
};

export const isStale = (attribute: string, origin: Origin, settings: CustomerSettings, now: string) => {
  const { freshness } = definitionOf(settings, attribute) ?? {};
  return freshness !== undefined && lastSeen(origin) < minus(now, freshness);
};

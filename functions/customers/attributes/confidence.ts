import { minus, toMs } from '../../shared/time/duration.ts';
import type { CustomerSettings, Source } from '../settings.ts';
import { definitionOf } from './defined.ts';
import type { Origin } from './provenance.ts';

/** whom we believe how much until a company says so itself; all rank alike */
const usual: Source[] = [
  { source: 'computed', reliability: 1 },
  { source: 'customer', reliability: 0.9 },
  { source: 'api', reliability: 0.8 },
  { source: 'import:*', reliability: 0.7 },
  { source: 'tracking:*', reliability: 0.6 },
  { source: 'unknown', reliability: 0.5 },
].map(one => ({ ...one, rank: 0 }));

const anybody: Source = { source: '*', rank: 0, reliability: 0.7 };

const speaksOf = ({ source: pattern }: Source, source: string) =>
  pattern.endsWith('*') ? source.startsWith(pattern.slice(0, -1)) : pattern === source;

/** the longest name that fits: `import:crm` before `import:*` */
const closest = (sources: Source[], source: string) =>
  sources.filter(one => speaksOf(one, source)).sort((a, b) => b.source.length - a.source.length)[0];

/** what is thought of a source */
export const standingOf = ({ sources }: CustomerSettings, source: string): Source =>
  closest(sources, source) ?? closest(usual, source) ?? anybody;

/** how sure a value is that was verified just now, whatever its source */
const verifiedReliability = 0.98;

/** after so many days half of the trust in a value is gone */
const halfLives = { low: 1460, normal: 730, high: 365 };

const dayMs = 86_400_000;

const halfLifeMs = (settings: CustomerSettings, attribute: string, now: string) => {
  const { freshness, accuracy = 'normal' } = definitionOf(settings, attribute) ?? {};
  return freshness ? 2 * (toMs(now) - toMs(minus(now, freshness))) : halfLives[accuracy] * dayMs;
};

/**
 * How far a value can be trusted, from 0 to 1: reliability × 2^(-age / half-life).
 * Reliability is what the source said of the value itself, else the source's; 0.98 at least once it was verified. Age counts from
 * when it was last observed or verified. Half-life is twice the freshness asked of the attribute, else 4 years for low,
 * 2 for normal and 1 for high accuracy.
 */
export const confidenceOf = (attribute: string, origin: Origin, settings: CustomerSettings, now: string): number => {
  const { source, observedAt, verified, confidence } = origin;
  const said = confidence ?? standingOf(settings, source).reliability;
  const reliability = verified ? Math.max(said, verifiedReliability) : said;
  const since = verified && verified.at > observedAt ? verified.at : observedAt;
  const age = Math.max(0, toMs(now) - toMs(since));
  const trusted = reliability * 2 ** (-age / Math.max(1, halfLifeMs(settings, attribute, now)));
  return Math.round(trusted * 1000) / 1000;
};

/** whether a value is older than the freshness asked of its attribute */
export const isStale = (
  attribute: string,
  { observedAt, verified }: Origin,
  settings: CustomerSettings,
  now: string,
) => {
  const { freshness } = definitionOf(settings, attribute) ?? {};
  const since = verified && verified.at > observedAt ? verified.at : observedAt;
  return freshness !== undefined && since < minus(now, freshness);
};

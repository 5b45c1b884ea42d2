import { lastInstant, toIso } from '../time/duration.ts';

const last = Date.parse(lastInstant);

/** `until`: the next instant at which time alone may change whether it holds; never later than the first that does */
export type Outcome = { holds: boolean; reasons: string[]; until?: string };

/** instants at which the answer is looked at; the next one is `until`, whatever the answer is then */
const mostTried = 100;

/** The first instant after now at which an answer differs, which does so at none but these; undefined: at none. */
export const firstChange = (holdsAt: (at: number) => boolean, edges: number[], now: number): string | undefined => {
  const holds = holdsAt(now);
  const later = [...new Set(edges.filter(edge => edge > now && edge <= last))].sort((a, b) => a - b);
  const changed = later.slice(0, mostTried).find(edge => holdsAt(edge) !== holds) ?? later[mostTried];
  return changed === undefined ? undefined : toIso(changed);
};

/** an outcome with the instant of its next change, if there is one */
export const outcomeUntil = (outcome: Outcome, until: string | undefined): Outcome =>
  until === undefined ? outcome : { ...outcome, until };

const longest = 80; // of a value, in characters

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const comparisons = {
  is: (n: number, bound: number) => n === bound,
  gt: (n: number, bound: number) => n > bound,
  gte: (n: number, bound: number) => n >= bound,
  lt: (n: number, bound: number) => n < bound,
  lte: (n: number, bound: number) => n <= bound,
};

type Bounds = { [Name in keyof typeof comparisons]?: number | undefined };

const given = (bounds: Bounds) =>
  Object.keys(comparisons).flatMap(key => {
    const name = key as keyof Bounds;
    const bound = bounds[name];
    return bound === undefined ? [] : [{ name, bound }];
  });

export const isWithinBounds = (n: number, bounds: Bounds) =>
  given(bounds).every(({ name, bound }) => comparisons[name](n, bound));

const usual = { is: 'exactly', gt: 'more than', gte: 'at least', lt: 'less than', lte: 'at most' };

export const shownBounds = (
  bounds: Bounds,
  words: Partial<typeof usual> = {},
  number: (n: number) => string = String,
) =>
  given(bounds)
    .map(({ name, bound }) => `${{ ...usual, ...words }[name]} ${number(bound)}`)
    .join(' and ');

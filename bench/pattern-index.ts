import { eventKeys, indexKeys } from '../functions/shared/events/event-index.ts';
import { compile } from '../functions/shared/patterns/pattern.ts';

/** Many patterns, of which an event is compared with only those filed under its type and name. Throws PatternError. */
export function index(patterns: Iterable<Given>): Index {
  const under = new Map<string, Given[]>();
  for (const given of patterns) {
    for (const key of indexKeys(given.pattern)) {
      const others = under.get(key);
      if (others) others.push(given);
      else under.set(key, [given]);
    }
  }
  // compiled in the order they are compared in: what lies together in memory is fetched together
  const compiled = new Map<Given, Filed>();
  const file = (given: Given) => {
    const entry = compiled.get(given) ?? { id: given.id, matches: compile(given.pattern) };
    compiled.set(given, entry);
    return entry;
  };
  const filed = new Map([...under].map(([key, all]): [string, Filed[]] => [key, all.map(file)]));
  const candidates = (event: unknown): Filed[] => {
    const [one = [], ...others] = eventKeys(event).flatMap(key => (filed.has(key) ? [filed.get(key)!] : []));
    return others.length ? [...new Set([one, ...others].flat())] : one;
  };
  return {
    candidates: event => candidates(event).map(({ id }) => id),
    matches: event => candidates(event).flatMap(({ id, matches }) => (matches(event) ? [id] : [])),
  };
}

type Given = { id: string; pattern: unknown };
type Filed = { id: string; matches: (event: unknown) => boolean };
export type Index = { candidates(event: unknown): string[]; matches(event: unknown): string[] };

import { branchesOf, exactStrings } from './branches.ts';
import { parseLossless } from './lossless-json.ts';
import { type Condition, holds } from './match.ts';

export { PatternError } from './pattern-error.ts';

/**
 * An EventBridge event pattern (parsed JSON) as a test of events (parsed JSON), by the rules of aws/event-ruler.
 * Throws PatternError, which names the path of what is wrong; a `$or` may multiply out to 1,000 combinations.
 */
export function compile(pattern: unknown): (event: unknown) => boolean {
  return tester(branchesOf(pattern));
}

/** `compile` over JSON text: numbers past a double's precision and repeated keys keep their meaning; throws SyntaxError on bad JSON */
export function compileText(patternJson: string): (eventJson: string) => boolean {
  const matches = tester(branchesOf(parseLossless(patternJson)));
  return eventJson => matches(parseLossless(eventJson));
}

/** the strings of which an event must have one at the path to match; undefined where the pattern does not require one of a list */
export function exactValues(pattern: unknown, path: string[]): string[] | undefined {
  return exactStrings(branchesOf(pattern), path.join('.'));
}

function tester(branches: Condition[][]): (event: unknown) => boolean {
  const [only, ...others] = branches;
  return only && others.length === 0
    ? event => isRecord(event) && holds(only, event)
    : event => isRecord(event) && branches.some(branch => holds(branch, event));
}

const isRecord = (event: unknown) => typeof event === 'object' && event !== null && !Array.isArray(event);

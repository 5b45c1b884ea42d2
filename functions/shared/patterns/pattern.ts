import { isObject } from '../json.ts';
import { branchesOf, exactStrings } from './branches.ts';
import { holds } from './match.ts';

export { PatternError } from './operators.ts';

/**
 * An EventBridge event pattern (parsed JSON) as a test of events (parsed JSON), by the rules of aws/event-ruler.
 * Throws PatternError, which names the path of what is wrong; a `$or` may multiply out to 1,000 combinations.
 */
export function compile(pattern: unknown): (event: unknown) => boolean {
  const branches = branchesOf(pattern);
  const [only, ...others] = branches;
  return only && others.length === 0
    ? event => isObject(event) && holds(only, event)
    : event => isObject(event) && branches.some(branch => holds(branch, event));
}

/** the strings of which an event must have one at the path to match; undefined where the pattern does not require one of a list */
export function exactValues(pattern: unknown, path: string[]): string[] | undefined {
  return exactStrings(branchesOf(pattern), path.join('.'));
}

import { isObject } from '../json.ts';
import { type Condition, stepsOf } from './match.ts';
import { type Alternative, alternative, PatternError, type Test } from './operators.ts';

/** conditions by path that must all hold, each with its alternative of `$or` */
type Branch = Map<string, { condition: Condition; scope: string }>;
/** the place of a value: `at` as written, for messages; `names` as in events; the alternative of `$or` it belongs to */
type Place = { at: string[]; names: string[]; scope: string };

const mostBranches = 1000;
const deepest = 100;
const reserved = new Set(
  `exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard
  not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range
  ip-address-not-in-range`.split(/\s+/),
);

/** the pattern with every `$or` multiplied out: it matches when all conditions of some branch hold */
export function branchesOf(pattern: unknown): Condition[][] {
  try {
    return read(pattern, true);
  } catch (problem) {
    // EventBridge takes a `$or` that is no list of alternatives for a field of that name
    if (problem instanceof PatternError && problem.path.includes('$or')) {
      try {
        return read(pattern, false);
      } catch {}
    }
    throw problem;
  }
}

/** the strings of which one is required at the path, whichever branch matches; undefined where some branch does not require one */
export function exactStrings(branches: Condition[][], path: string): string[] | undefined {
  const lists = branches.map(branch => branch.find(condition => condition.path === path)?.exact);
  return lists.every(list => list !== undefined) ? [...new Set(lists.flat())] : undefined;
}

function read(pattern: unknown, ors: boolean): Condition[][] {
  const branches = fields(pattern, { at: [], names: [], scope: '' }, ors);
  return branches.map(branch => [...branch.values()].map(({ condition }) => condition));
}

function fields(node: unknown, place: Place, ors: boolean): Branch[] {
  if (!isObject(node))
    throw new PatternError(place.at, place.at.length ? 'must be an object or an array' : 'must be an object');
  const members = Object.entries(node);
  if (members.length === 0) throw new PatternError(place.at, 'must not be empty');
  if (place.at.length > deepest) throw new PatternError(place.at, `must not be deeper than ${deepest}`);
  let branches: Branch[] = [new Map()];
  for (const [key, value] of members) {
    const at = [...place.at, key];
    const more = key === '$or' && ors ? either(value, { ...place, at }) : field(value, inside(place, key), ors);
    if (branches.length * more.length > mostBranches) tooMany(at);
    branches = branches.flatMap(one => more.map(other => both(one, other, at)));
  }
  return branches;
}

function field(value: unknown, place: Place, ors: boolean): Branch[] {
  if (place.scope && reserved.has(place.at.at(-1)!)) throw new PatternError(place.at, 'is a reserved word inside $or');
  if (!Array.isArray(value)) return fields(value, place, ors);
  const condition = conditionOf(value, place);
  return [new Map([[condition.path, { condition, scope: place.scope }]])];
}

function either(value: unknown, { at, names }: Place): Branch[] {
  if (!Array.isArray(value)) throw new PatternError(at, 'must be an array of objects');
  if (value.length < 2) throw new PatternError(at, 'needs at least two alternatives');
  const branches: Branch[] = [];
  for (const [i, one] of value.entries()) {
    const here = [...at, String(i)];
    branches.push(...fields(one, { at: here, names, scope: here.join('.') }, true));
    if (branches.length > mostBranches) tooMany(at);
  }
  return branches;
}

/** a path named inside and outside a `$or` would be ambiguous */
function both(one: Branch, other: Branch, at: string[]): Branch {
  const merged = new Map(one);
  for (const [path, condition] of other) {
    const held = merged.get(path);
    if (held && held.scope !== condition.scope) throw new PatternError(at, `names ${path} inside and outside $or`);
    merged.set(path, condition);
  }
  return merged;
}

/** ten thousand patterns name the same few types and events: what only names strings is made once */
const mostShared = 10_000;
const longestShared = 200;
const shared = new Map<string, Condition>();

function conditionOf(values: unknown[], place: Place): Condition {
  if (values.length === 0) throw new PatternError(place.at, 'must not be empty');
  if (values.length > 1 || typeof values[0] !== 'string') return makeCondition(values, place);
  const name = `${place.names.join('.')}\n${values[0]}`;
  if (name.length > longestShared) return makeCondition(values, place);
  const held = shared.get(name);
  if (held) return held;
  const made = makeCondition(values, place);
  if (shared.size >= mostShared) shared.clear();
  shared.set(name, made);
  return made;
}

function makeCondition(values: unknown[], { at, names }: Place): Condition {
  const path = names.join('.');
  const alternatives = values.map((value, i) => alternative(value, [...at, String(i)]));
  const exact = alternatives.map(one => one.exact).filter(one => one !== undefined);
  const allExact = exact.length === alternatives.length;
  const absent = alternatives.some(one => one.absent);
  return {
    path,
    steps: stepsOf(path),
    test: anyOf(alternatives, allExact ? exact : undefined),
    absent,
    ...(allExact && { exact }),
  };
}

function anyOf(alternatives: Alternative[], exact: string[] | undefined): Test {
  if (alternatives.length === 1) return alternatives[0]!.test;
  if (exact) {
    const strings = new Set<unknown>(exact);
    return leaf => strings.has(leaf);
  }
  return leaf => alternatives.some(({ test }) => test(leaf));
}

const inside = (place: Place, key: string): Place => ({
  ...place,
  at: [...place.at, key],
  names: [...place.names, key],
});

function tooMany(at: string[]): never {
  throw new PatternError(at, `makes more than ${mostBranches} combinations`);
}

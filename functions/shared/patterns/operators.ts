import { isObject } from '../json.ts';
import { addressBytes, block, sharesPrefix } from './ip-address.ts';
import { ignoringCase, type TextTest, wildcard } from './strings.ts';

/** an invalid event pattern: `path` of the error and `problem`; the message has both */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly path: string[];
  readonly problem: string;
  constructor(path: string[], problem: string) {
    super(`${path.join('.') || 'pattern'}: ${problem}`);
    this.path = path;
    this.problem = problem;
  }
}

export type Test = (leaf: unknown) => boolean;
/** one element of a pattern's array as a test of a leaf; `absent`: it requires that there is no leaf */
export type Alternative = { test: Test; absent?: true; exact?: string };
type Build = (value: unknown, path: string[]) => Alternative;

/** one element of a pattern's array: a scalar, or an object of one operator */
export function alternative(value: unknown, path: string[]): Alternative {
  if (typeof value === 'string') return literal(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return { test: same(value) };
  const [operator, operand] = only(value, path);
  const build = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (!build) throw new PatternError([...path, operator], 'is not an operator');
  return build(operand, [...path, operator]);
}

const operators: Record<string, Build> = {
  exactly: (value, path) => ({ test: same(text(value, path)), exact: text(value, path) }),
  prefix: (value, path) => texts(startsWith(value, path)),
  suffix: (value, path) => texts(endsWith(value, path)),
  'equals-ignore-case': (value, path) => texts(ignoringCase(text(value, path)).equals),
  wildcard: (value, path) => texts(wild(value, path)),
  numeric: (value, path) => ({ test: numeric(value, path) }),
  cidr: (value, path) => texts(block(text(value, path)) ?? fail(path, 'must be a block such as 10.0.0.0/24')),
  exists: (value, path) => {
    if (typeof value !== 'boolean') throw new PatternError(path, 'must be true or false');
    return value ? { test: () => true } : { test: () => false, absent: true };
  },
  'anything-but': (value, path) => {
    const excluded = exclusions(value, path);
    return { test: leaf => !excluded.some(test => test(leaf)) };
  },
};

/** what anything-but may wrap, each as a test of one string */
const excludable: Record<string, (value: unknown, path: string[]) => TextTest> = {
  prefix: (value, path) => startsWith(filled(value, path), path),
  suffix: (value, path) => endsWith(filled(value, path), path),
  'equals-ignore-case': (value, path) => ignoringCase(text(value, path)).equals,
  wildcard: wild,
};

function exclusions(value: unknown, path: string[]): Test[] {
  if (isObject(value)) {
    const [operator, operand] = only(value, path);
    const build = Object.hasOwn(excludable, operator) ? excludable[operator] : undefined;
    if (!build) throw new PatternError([...path, operator], 'cannot be excluded');
    return list(operand, [...path, operator]).map(one => texts(build(one, [...path, operator])).test);
  }
  const values = list(value, path);
  const kinds = new Set(values.map(one => typeof one));
  if (kinds.size > 1) throw new PatternError(path, 'must be all strings or all numbers');
  if (!kinds.has('string') && !kinds.has('number')) throw new PatternError(path, 'must be strings or numbers');
  return values.map(same);
}

function list(value: unknown, path: string[]): unknown[] {
  const values = Array.isArray(value) ? value : [value];
  return values.length ? values : fail(path, 'must not be empty');
}

function numeric(value: unknown, path: string[]): Test {
  const [operator, bound, upper, top, ...more] = Array.isArray(value) ? value : fail(path, 'must be an array');
  const lower = compare(operator, bound, path);
  if (upper === undefined) return lower;
  if (!/^>=?$/.test(operator) || !/^<=?$/.test(String(upper)) || more.length) {
    throw new PatternError(path, 'a range has a lower bound (> or >=), then an upper one (< or <=)');
  }
  const under = compare(upper, top, path);
  if (!(bound < top)) throw new PatternError(path, 'the lower bound must be less than the upper one');
  return leaf => lower(leaf) && under(leaf);
}

function compare(operator: unknown, bound: unknown, path: string[]): Test {
  if (typeof bound !== 'number' || !Number.isFinite(bound))
    throw new PatternError(path, 'needs numbers a double holds');
  if (operator === '=') return leaf => leaf === bound;
  if (operator === '<') return leaf => typeof leaf === 'number' && leaf < bound;
  if (operator === '<=') return leaf => typeof leaf === 'number' && leaf <= bound;
  if (operator === '>') return leaf => typeof leaf === 'number' && leaf > bound;
  if (operator === '>=') return leaf => typeof leaf === 'number' && leaf >= bound;
  throw new PatternError(path, 'knows =, <, <=, > and >=');
}

function literal(wanted: string): Alternative {
  const address = addressBytes(wanted);
  if (!address) return { test: leaf => leaf === wanted, exact: wanted };
  return texts(leaf => {
    const other = addressBytes(leaf);
    return other !== undefined && sharesPrefix(address, other, 128);
  });
}

const same =
  (wanted: unknown): Test =>
  leaf =>
    leaf === wanted;

function startsWith(value: unknown, path: string[]): TextTest {
  if (typeof value === 'object') return ignoringCase(caseless(value, path)).starts;
  const wanted = text(value, path);
  return leaf => leaf.startsWith(wanted);
}

function endsWith(value: unknown, path: string[]): TextTest {
  if (typeof value === 'object') return ignoringCase(caseless(value, path)).ends;
  const wanted = text(value, path);
  return leaf => leaf.endsWith(wanted);
}

function caseless(value: unknown, path: string[]): string {
  const [operator, operand] = only(value, path);
  if (operator !== 'equals-ignore-case') throw new PatternError([...path, operator], 'cannot stand here');
  return text(operand, [...path, operator]);
}

function wild(value: unknown, path: string[]): TextTest {
  const test = wildcard(text(value, path));
  return typeof test === 'string' ? fail(path, test) : test;
}

function only(value: unknown, path: string[]): [string, unknown] {
  if (!isObject(value)) fail(path, 'must be a string, a number, true, false, null or an operator');
  const [entry, ...others] = Object.entries(value);
  return entry && !others.length ? entry : fail(path, 'needs exactly one operator');
}

const texts = (test: TextTest): Alternative => ({ test: leaf => typeof leaf === 'string' && test(leaf) });
const text = (value: unknown, path: string[]) => (typeof value === 'string' ? value : fail(path, 'must be a string'));
const filled = (value: unknown, path: string[]) => text(value, path) || fail(path, 'must not be empty');

function fail(path: string[], problem: string): never {
  throw new PatternError(path, problem);
}

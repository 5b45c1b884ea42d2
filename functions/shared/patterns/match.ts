import type { Test } from './operators.ts';

/** the condition of a pattern on one path; `absent`: it also holds where the event has no leaf there */
export type Condition = { path: string; steps: Step[][]; test: Test; absent: boolean; exact?: string[] };
/** a key that carries on from some depth of the path, and the depth it reaches: one key may hold several names and dots */
type Step = [key: string, depth: number];
type Need = { condition: Condition; depth: number };
const none = 0;
const bound = 1;
const free = 2;
/** whether a leaf passes: not at all, only inside an element of an array below, or bound to no element */
type Found = typeof none | typeof bound | typeof free;

const deepest = 500; // arrays in arrays; the path itself is as deep as the pattern
const mostAssignments = 1000;

/** ten thousand patterns ask for the same few paths: sharing the steps keeps them in the processor's cache */
const mostShared = 1_000;
const shared = new Map<string, Step[][]>();

/** the keys that can begin what is left of a path, at each depth: `a.b` is `{a:{b}}` and `{"a.b"}` alike */
export function stepsOf(path: string): Step[][] {
  const held = shared.get(path);
  if (held) return held;
  const names = path.split('.');
  const steps = names.map((_, from) =>
    names.slice(from).map((_, i): Step => [names.slice(from, from + i + 1).join('.'), from + i + 1]),
  );
  if (shared.size >= mostShared) shared.clear();
  shared.set(path, steps);
  return steps;
}

/** whether one choice of leaves meets all conditions without taking two elements of one array */
export function holds(conditions: Condition[], event: unknown): boolean {
  const needs: Need[] = [];
  for (const condition of conditions) {
    const found = find(event, condition, 0, condition.test);
    if (found === none && !(condition.absent && find(event, condition, 0, anyLeaf) === none)) return false;
    if (found === bound) needs.push({ condition, depth: 0 });
  }
  return needs.length < 2 || together(event, needs);
}

export function leavesAt(event: unknown, path: string): unknown[] {
  const leaves: unknown[] = [];
  const note: Test = leaf => {
    leaves.push(leaf);
    return false; // passing would end the search
  };
  find(event, { path, steps: stepsOf(path), test: note, absent: false }, 0, note);
  return leaves;
}

const anyLeaf: Test = () => true;

function find(node: unknown, condition: Condition, depth: number, test: Test, nested = 0): Found {
  if (!isBranch(node)) {
    return depth === condition.steps.length && test(node) ? free : none;
  }
  if (Array.isArray(node)) return findInArray(node, condition, depth, test, nested);
  const steps = condition.steps[depth];
  if (steps === undefined) return none;
  let best: Found = none;
  for (const [key, next] of steps) {
    const child = (node as Record<string, unknown>)[key];
    if (child === undefined || !Object.hasOwn(node, key)) continue;
    const found = find(child, condition, next, test, nested);
    if (found === free) return free;
    if (found > best) best = found;
  }
  return best;
}

function findInArray(items: unknown[], condition: Condition, depth: number, test: Test, nested: number): Found {
  if (nested > deepest) return none;
  let best: Found = none;
  for (const item of items) {
    const found = find(item, condition, depth, test, nested + 1);
    if (found === none) continue;
    if (!isBranch(item)) return free;
    best = bound;
  }
  return best;
}

const isBranch = (node: unknown): node is object => typeof node === 'object' && node !== null;

/** below an array every need must be met in the same element; below an object each goes its own way */
function together(node: unknown, needs: Need[]): boolean {
  const open = needs.filter(({ condition, depth }) => find(node, condition, depth, condition.test) !== free);
  if (open.length === 0) return true;
  if (open.some(({ condition, depth }) => find(node, condition, depth, condition.test) === none)) return false;
  if (open.length === 1) return true;
  if (Array.isArray(node)) return node.some(item => isBranch(item) && together(item, open));
  return assign(open, node as Record<string, unknown>, new Map(), { left: mostAssignments });
}

/** only a key with dots beside the nested form leaves a need more than one way to go */
function assign(
  needs: Need[],
  node: Record<string, unknown>,
  ways: Map<unknown, Need[]>,
  tries: { left: number },
): boolean {
  const [need, ...rest] = needs;
  if (!need) return tries.left-- > 0 && [...ways].every(([child, there]) => together(child, there));
  return waysOf(node, need).some(([child, next]) => {
    const there = [...(ways.get(child) ?? []), { condition: need.condition, depth: next }];
    return assign(rest, node, new Map(ways).set(child, there), tries);
  });
}

function waysOf(node: Record<string, unknown>, { condition, depth }: Need): [unknown, number][] {
  return (condition.steps[depth] ?? [])
    .filter(([key]) => Object.hasOwn(node, key))
    .map(([key, next]): [unknown, number] => [node[key], next])
    .filter(([child, next]) => find(child, condition, next, condition.test) !== none);
}

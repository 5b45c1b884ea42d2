import type { Condition } from '../../shared/conditions/condition.ts';
import { plus, toMs } from '../../shared/time/duration.ts';
import type { Action } from '../actions.ts';
import { type Awaited, innerLists, type Step, type Until } from './journey.ts';

/** the place of a node; null: behind the last step */
export type Next = number | null;

/** Steps as a flat list: each node knows which come after it. */
export type Node = { id: string } & (
  | { do: 'act'; action: Action; next: Next }
  | { do: 'wait'; for: string; next: Next }
  | { do: 'until'; until: Until; next: Next }
  | { do: 'waitFor'; on: Awaited; timeout: string; then: Next; late: Next }
  | { do: 'branch'; arms: { if: Condition; to: Next }[]; else: Next }
  | { do: 'split'; arms: { percent: number; to: Next }[]; else: Next }
  | { do: 'fork'; arms: Next[]; join: number }
  | { do: 'join'; of: number; next: Next }
  | { do: 'go'; to: string; next: Next }
  | { do: 'exit' }
);

export type Plan = { nodes: Node[]; start: Next };

type Fault = { path: string; message: string };

/** `within`: the arm of a parallel step that a node is in */
type Placed = { node: Node; path: string; within: string };

const idAt = (path: string) =>
  path
    .split('.')
    .slice(1)
    .map(name => (/^\d+$/.test(name) ? String(Number(name) + 1) : name))
    .join('.');

const placing = () => {
  const placed: Placed[] = [];
  const add = (node: Node, path: string, within: string) => placed.push({ node, path, within }) - 1;

  const list = (steps: Step[] = [], after: Next, path: string, within: string): Next =>
    steps.reduceRight<Next>((next, step, nth) => one(step, next, `${path}.${nth}`, within), after);

  const fork = (id: string, arms: Step[][], next: Next, path: string, within: string) => {
    const join = add({ id: `${id}#join`, do: 'join', of: arms.length, next }, path, within);
    const starts = arms.map((steps, nth) => list(steps, join, `${path}.parallel.${nth}`, `${path}.parallel.${nth}`));
    return add({ id, do: 'fork', arms: starts, join }, path, within);
  };

  const one = (step: Step, next: Next, path: string, within: string): Next => {
    const { id = idAt(path), wait, until, waitFor, timeout = '', branch, split, parallel, goto, exit } = step;
    const { then, onTimeout, else: otherwise, ...rest } = step;
    const inner = (steps: Step[] | undefined, at: string) => list(steps, next, `${path}.${at}`, within);
    if (wait !== undefined) return add({ id, do: 'wait', for: wait, next }, path, within);
    if (until) return add({ id, do: 'until', until, next }, path, within);
    if (waitFor) {
      const ways = { then: inner(then, 'then'), late: inner(onTimeout, 'onTimeout') };
      return add({ id, do: 'waitFor', on: waitFor, timeout, ...ways }, path, within);
    }
    if (branch) {
      const arms = branch.map((arm, nth) => ({ if: arm.if, to: inner(arm.then, `branch.${nth}.then`) }));
      return add({ id, do: 'branch', arms, else: inner(otherwise, 'else') }, path, within);
    }
    if (split) {
      const arms = split.map((arm, nth) => ({ percent: arm.percent, to: inner(arm.then, `split.${nth}.then`) }));
      return add({ id, do: 'split', arms, else: next }, path, within);
    }
    if (parallel) return fork(id, parallel, next, path, within);
    if (goto !== undefined) return add({ id, do: 'go', to: goto, next: null }, path, within);
    if (exit) return add({ id, do: 'exit' }, path, within);
    const { id: _, ...action } = rest;
    return add({ id, do: 'act', action, next }, path, within);
  };
  return { placed, list };
};

const minute = 60_000;
const someTime = '2026-02-01T00:00:00.000Z'; // before the shortest month

export const shortest = (duration: string) => toMs(plus(someTime, duration)) - toMs(someTime);

type Way = { to: Next; ms: number };

/** the ways out of a node with the least time that each takes; what happens within a parallel step is one way */
const waysOf = (nodes: Node[], at: number): Way[] => {
  const node = nodes[at]!;
  switch (node.do) {
    case 'wait':
      return [{ to: node.next, ms: shortest(node.for) }];
    case 'until':
      // the same time of day comes again after a day at the earliest
      return [{ to: node.next, ms: node.until.time === undefined ? 0 : minute }];
    case 'waitFor':
      return [
        // each time takes an event of its own
        { to: node.then, ms: node.on.if ? 0 : minute },
        { to: node.late, ms: shortest(node.timeout) },
      ];
    case 'branch':
    case 'split':
      return [...node.arms.map(({ to }) => to), node.else].map(to => ({ to, ms: 0 }));
    case 'fork': {
      const longest = node.arms.map(arm => leastTime(nodes, arm, node.join));
      return [{ to: node.join, ms: Math.max(...longest) }];
    }
    case 'exit':
      return [];
    default:
      return [{ to: node.next, ms: 0 }];
  }
};

/** the least time from the arrival at one node to the arrival at another; infinite where no way leads there */
export const leastTime = (nodes: Node[], from: Next, to: number): number => {
  const reached = new Map<number, number>();
  const waiting: { at: number; ms: number }[] = from === null ? [] : [{ at: from, ms: 0 }];
  while (waiting.length) {
    waiting.sort((a, b) => b.ms - a.ms);
    const { at, ms } = waiting.pop()!;
    if (reached.has(at)) continue;
    reached.set(at, ms);
    if (at === to) break;
    for (const way of waysOf(nodes, at)) if (way.to !== null) waiting.push({ at: way.to, ms: ms + way.ms });
  }
  return reached.get(to) ?? Number.POSITIVE_INFINITY;
};

/** a goto that leads nowhere, or out of its list: ways cannot be followed then */
const misled = (placed: Placed[]): Fault[] =>
  placed.flatMap(({ node, path, within }): Fault[] => {
    if (node.do !== 'go') return [];
    const target = placed.find(one => one.node.id === node.to);
    if (!target) return [{ path: `${path}.goto`, message: `there is no step ${node.to}` }];
    if (target.within === within) return [];
    return [{ path: `${path}.goto`, message: 'leads into or out of a list of a parallel step' }];
  });

const loopFaults = (placed: Placed[]): Fault[] => {
  const nodes = placed.map(({ node }) => node);
  const message = 'is a loop that can go round without waiting: wait PT1M or longer in it';
  return placed.flatMap(({ node, path }, at): Fault[] =>
    node.do !== 'go' || leastTime(nodes, node.next, at) >= minute ? [] : [{ path: `${path}.goto`, message }],
  );
};

const splitFaults = (placed: Placed[]): Fault[] =>
  placed.flatMap(({ node, path }) => {
    if (node.do !== 'split') return [];
    const sum = node.arms.reduce((all, { percent }) => all + percent, 0);
    return sum > 100.000001 ? [{ path: `${path}.split`, message: `the percents add up to ${sum}: 100 at most` }] : [];
  });

/** steps that no way leads to */
const unreached = (placed: Placed[], start: Next): Fault[] => {
  const nodes = placed.map(({ node }) => node);
  const reached = new Set<number>();
  const open = [start];
  while (open.length) {
    const at = open.pop() ?? null;
    if (at === null || reached.has(at)) continue;
    reached.add(at);
    const node = nodes[at]!;
    open.push(...waysOf(nodes, at).map(({ to }) => to), ...(node.do === 'fork' ? node.arms : []));
  }
  const others = placed.filter(({ node }, at) => !reached.has(at) && node.do !== 'join');
  return others.reverse().map(({ path }) => ({ path, message: 'is never reached: no step leads to it' }));
};

/** how many ways of a run can be open at a time */
const waysIn = (steps: Step[]): number =>
  Math.max(
    1,
    ...steps.map(step => {
      const inner = innerLists(step).map(({ steps }) => waysIn(steps));
      return step.parallel ? inner.reduce((sum, ways) => sum + ways, 0) : Math.max(1, ...inner);
    }),
  );

const mostWays = 40;

/** Steps as a plan, what is wrong with them, and which of them can never come. Pure. */
export const compileSteps = (steps: Step[]): Plan & { faults: Fault[]; idle: Fault[] } => {
  const { placed, list } = placing();
  const start = list(steps, null, 'steps', '');
  const places = new Map<string, number>();
  const twice: Fault[] = [];
  for (const [at, { node, path }] of placed.entries()) {
    if (places.has(node.id))
      twice.push({ path: `${path}.id`, message: `${node.id} is the id of another step as well` });
    places.set(node.id, at);
  }
  for (const { node } of placed) if (node.do === 'go') node.next = places.get(node.to) ?? null;
  if (waysIn(steps) > mostWays) twice.push({ path: 'steps', message: `opens more than ${mostWays} ways at a time` });
  const wrong = twice.length ? twice : [...misled(placed), ...splitFaults(placed)];
  const faults = wrong.length ? wrong : loopFaults(placed);
  return { nodes: placed.map(({ node }) => node), start, faults, idle: wrong.length ? [] : unreached(placed, start) };
};

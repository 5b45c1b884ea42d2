import { keysOf } from '../../customer-facts/keys.ts';
import type { Condition } from '../../shared/conditions/condition.ts';
import { keysOfEvent } from '../../shared/conditions/event-keys.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Ends } from './advance.ts';
import { compileSteps, type Node } from './compile.ts';
import { type Awaited, type JourneyRule, type JourneyVersion, journeyVersions, stepsIn } from './journey.ts';

const awaitedIn = (nodes: Node[], { goal, exitOn = [] }: Ends): Awaited[] => [
  ...(goal ? [goal] : []),
  ...exitOn,
  ...nodes.flatMap(node => (node.do === 'waitFor' ? [node.on] : [])),
];

/** A version as runs follow it, with what it needs of a customer. */
export const planOf = (version: JourneyVersion) => {
  const { entry, steps, goal, exitOn } = version;
  const { nodes, start } = compileSteps(steps);
  const ends: Ends = { keyPath: entry.key, goal, exitOn };
  const awaited = awaitedIn(nodes, ends);
  const conditions: Condition[] = [
    ...awaited.flatMap(one => one.if ?? []),
    ...nodes.flatMap(node => (node.do === 'branch' ? node.arms.map(arm => arm.if) : [])),
  ];
  const hears = awaited.some(({ event }) => event !== undefined);
  const asksTime = nodes.some(node => node.do === 'until' && node.until.time !== undefined);
  return { ...version, ...ends, nodes, start, conditions, hears, asksTime };
};
export type JourneyPlan = ReturnType<typeof planOf>;

const mostPlans = 500;
const plans = new Map<string, JourneyPlan>();

/** A version does not change, so it is read once by a function. */
export const planFor = async (store: Store, journeyId: string, revision: number): Promise<JourneyPlan> => {
  const key = `${store.tenant} ${journeyId} ${revision}`;
  const held = plans.get(key);
  if (held) return held;
  const plan = planOf(await store.need(journeyVersions, { journeyId, revision }));
  if (plans.size >= mostPlans) plans.clear();
  plans.set(key, plan);
  return plan;
};

/** the keys of the events that can let a customer enter, or a run go on */
export const keysOfJourney = ({ entry, steps, goal, exitOn = [] }: JourneyRule): string[] => {
  const awaited = [...(goal ? [goal] : []), ...exitOn, ...stepsIn(steps).flatMap(({ step }) => step.waitFor ?? [])];
  const events = [entry, ...awaited].flatMap(({ event }) => event ?? []);
  const conditions = awaited.flatMap(one => one.if ?? []);
  return [
    ...new Set([
      ...events.flatMap(event => keysOfEvent({ event })),
      ...(entry.segment ? ['segment.entered'] : []),
      ...(conditions.length ? keysOf(conditions) : []),
    ]),
  ];
};

import { shownTo } from '../../content/template.ts';
import { refuseOrWarn } from '../../customer-facts/check-condition.ts';
import { type KnownNames, namesKnownTo, type Unknown } from '../../customer-facts/known-names.ts';
import type { Used } from '../../customer-facts/use.ts';
import { namedBy } from '../../customer-facts/uses.ts';
import { rejectUnreadableData } from '../../customers/event-areas.ts';
import { redactionFor } from '../../customers/reads.ts';
import { rejectRevealing } from '../../customers/revealing.ts';
import type { Condition } from '../../shared/conditions/condition.ts';
import { typeOf } from '../../shared/conditions/event-condition.ts';
import { notSubscribable } from '../../shared/events/subscribable.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Action, actionNames, consequences, type Resolved, usesOf } from '../actions.ts';
import { checkActions, type Placed } from '../check-actions.ts';
import { compileSteps, leastTime } from './compile.ts';
import { type Awaited, type JourneyRule, journeys, reentryOf, type Step, stepsIn } from './journey.ts';
import { keysOfJourney } from './versions.ts';

const mostKeys = 60;

type Part = { path: string; condition: Condition };

const awaitedPart = ({ event, where, if: condition }: Awaited, path: string): Part => {
  if (condition) return { path: `${path}.if`, condition };
  return { path, condition: { event: event ?? '', ...(where ? { where } : {}) } };
};

const partsOf = ({ entry, steps, goal, exitOn = [] }: JourneyRule): Part[] => [
  ...(entry.event ? [awaitedPart({ event: entry.event, where: entry.where }, 'entry')] : []),
  ...(entry.segment ? [{ path: 'entry', condition: { segment: entry.segment } }] : []),
  ...(entry.if ? [{ path: 'entry.if', condition: entry.if }] : []),
  ...(goal ? [awaitedPart(goal, 'goal')] : []),
  ...exitOn.map((one, nth) => awaitedPart(one, `exitOn.${nth}`)),
  ...stepsIn(steps).flatMap(({ step, path }) => [
    ...(step.waitFor ? [awaitedPart(step.waitFor, `${path}.waitFor`)] : []),
    ...(step.branch ?? []).map((arm, nth) => ({ path: `${path}.branch.${nth}.if`, condition: arm.if })),
  ]),
];

export const actionOf = (step: Step): Action | undefined => {
  const name = actionNames.find(one => step[one] !== undefined);
  return name && { [name]: step[name] };
};

/** the segments, templates and journeys that it needs */
export const usesOfJourney = (rule: JourneyRule): Used[] => [
  ...namedBy(partsOf(rule).map(({ condition }) => condition)),
  ...placedActions(rule).flatMap(({ action }) => usesOf(action)),
];

const placedActions = ({ steps }: JourneyRule): Placed[] =>
  stepsIn(steps).flatMap(({ step, path }) => {
    const action = actionOf(step);
    return action ? [{ path, action }] : [];
  });

const eventFaults = (parts: Part[]): Unknown[] =>
  parts.flatMap(({ path, condition }) =>
    'event' in condition && !path.endsWith('.if') && notSubscribable.includes(typeOf(condition.event))
      ? [{ path: `${path}.event`, message: `journeys cannot wait for ${condition.event}: it could cause a loop` }]
      : [],
  );

const isOfCustomer = (date: string) => !/^(event|run)\./.test(date);
const attributeAt = (date: string) => date.replace(/^customer\./, '');

const datesIn = ({ steps }: JourneyRule): string[] => stepsIn(steps).flatMap(({ step }) => step.until?.date ?? []);

const dateFaults = ({ steps }: JourneyRule, names: KnownNames): Unknown[] =>
  stepsIn(steps).flatMap(({ step, path }) =>
    [step.until?.date ?? []]
      .flat()
      .filter(isOfCustomer)
      .flatMap(date => names.attribute(attributeAt(date), `${path}.until.date`)),
  );

/** the values of events that runs show as their keys, compare, or wait for */
const valuesShown = (rule: JourneyRule): { event: string; path: string }[] => {
  const { entry, steps, goal, exitOn = [] } = rule;
  const { key, event } = entry;
  const awaited = [...(goal ? [goal] : []), ...exitOn, ...stepsIn(steps).flatMap(({ step }) => step.waitFor ?? [])];
  const keyed = [event, ...awaited.map(one => (one.sameKey ? one.event : undefined))];
  const dates = datesIn(rule).filter(date => date.startsWith('event.') && date !== 'event.occurredAt');
  return [
    ...(key ? keyed.flatMap(one => (one === undefined ? [] : [{ event: one, path: key }])) : []),
    ...(event === undefined ? [] : dates.map(path => ({ event, path }))),
  ];
};

const patternAt = (path: string): unknown =>
  path
    .replace(/^event\./, '')
    .split('.')
    .reduceRight<unknown>((part, name) => ({ [name]: part }), []);

const keyFaults = ({ entry, steps, goal, exitOn = [] }: JourneyRule, names: KnownNames): Unknown[] => {
  const awaited = [
    ...(goal ? [{ path: 'goal', one: goal }] : []),
    ...exitOn.map((one, nth) => ({ path: `exitOn.${nth}`, one })),
    ...stepsIn(steps).flatMap(({ step, path }) =>
      step.waitFor ? [{ path: `${path}.waitFor`, one: step.waitFor }] : [],
    ),
  ];
  const same = awaited.flatMap(({ path, one }) => (one.sameKey ? [{ path: `${path}.sameKey`, event: one.event }] : []));
  const { key } = entry;
  if (!key) return same.map(({ path }) => ({ path, message: 'needs entry.key: where events have the key' }));
  return [{ path: 'entry.key', event: entry.event }, ...same].flatMap(({ path, event = '' }) =>
    names.valueOf(event, key, path),
  );
};

/** its own steps bring about what lets customers enter: again and again */
const echoFaults = (rule: JourneyRule): Unknown[] => {
  if (rule.cooldown || reentryOf(rule) !== 'always' || !rule.entry.event) return [];
  return placedActions(rule).flatMap(({ path, action }) => {
    const names = Object.keys(action) as (keyof Action)[];
    const isEcho = names.some(name => consequences[name]?.includes(rule.entry.event ?? ''));
    const message = `leads to ${rule.entry.event}, which enters the journey again: set a cooldown`;
    return isEcho ? [{ path, message }] : [];
  });
};

const minute = 60_000;
const mostRings = 10;

/** the journeys that steps start, with the least time until they do */
const startsIn = ({ steps }: Pick<JourneyRule, 'steps'>): { id: string; ms: number; path: string }[] => {
  const { nodes, start } = compileSteps(steps);
  const paths = new Map(stepsIn(steps).flatMap(({ step, path }) => (step.start ? [[step.start as string, path]] : [])));
  return nodes.flatMap((node, at) =>
    node.do === 'act' && node.action.start
      ? [{ id: node.action.start, ms: leastTime(nodes, start, at), path: paths.get(node.action.start) ?? 'steps' }]
      : [],
  );
};

/** a journey that starts itself, alone or through others, without waiting */
const ringFaults = async (rule: JourneyRule, ownId: string | undefined, ctx: Ctx): Promise<Unknown[]> => {
  let open = startsIn(rule);
  for (let round = 0; ownId && open.length && round < mostRings; round++) {
    const ring = open.find(({ id, ms }) => id === ownId && ms < minute);
    if (ring) {
      const message = 'starts the journey itself again without waiting: wait PT1M or longer before';
      return [{ path: `${ring.path}.start`, message }];
    }
    const found = await ctx.store.getByIds(journeys, [...new Set(open.map(({ id }) => id))]);
    open = found.flatMap(journey => {
      const { ms, path } = open.find(({ id }) => id === journey.id)!;
      return startsIn(journey)
        .map(next => ({ id: next.id, ms: next.ms + ms, path }))
        .filter(next => next.ms < minute);
    });
  }
  return [];
};

/** Refuses a journey with everything that is wrong with it; gives what its versions keep of what it names. */
export const checkJourney = async (rule: JourneyRule, ownId: string | undefined, ctx: Ctx): Promise<Resolved> => {
  const parts = partsOf(rule);
  const conditions = parts.map(({ condition }) => condition);
  const [names, veil] = await Promise.all([namesKnownTo(ctx.store, conditions, true), redactionFor(ctx)]);
  await rejectRevealing(conditions, ctx);
  veil.rejectHiddenPaths(datesIn(rule).filter(isOfCustomer).map(attributeAt));
  for (const { event, path } of valuesShown(rule)) {
    veil.rejectHiddenPattern(patternAt(path));
    rejectUnreadableData(ctx, typeOf(event));
  }
  const { faults, channels } = await checkActions(placedActions(rule), names, ctx);
  const { faults: plan, idle } = compileSteps(rule.steps);
  const keys = keysOfJourney(rule);
  refuseOrWarn(
    [
      ...plan,
      ...idle.map(one => ({ ...one, later: true as const })),
      ...parts.flatMap(({ path, condition }) => names.inCondition(condition, path)),
      ...eventFaults(parts),
      ...faults,
      ...dateFaults(rule, names),
      ...keyFaults(rule, names),
      ...echoFaults(rule),
      ...(plan.length ? [] : await ringFaults(rule, ownId, ctx)),
      ...(keys.length > mostKeys
        ? [{ path: 'steps', message: `names ${keys.length} kinds of events; the limit is ${mostKeys}` }]
        : []),
    ],
    ctx,
  );
  return { channels, shows: shownTo(ctx.scopes) };
};

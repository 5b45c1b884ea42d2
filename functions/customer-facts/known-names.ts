import * as z from 'zod';
import { events } from '#declared/events.ts';
import { channels } from '../../events/customer.ts';
import { trackedTrack } from '../../events/tracked.ts';
import { topicsOf } from '../consent/topic.ts';
import { builtIn, type Definition } from '../customers/attributes/definition.ts';
import { standard } from '../customers/attributes/paths.ts';
import { Profile } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { type Condition, type Leaf, leavesOf, type RecordCondition } from '../shared/conditions/condition.ts';
import {
  type EventCondition,
  isOwnType,
  measures,
  type Pattern,
  typeOf,
  type Where,
} from '../shared/conditions/event-condition.ts';
import { seenNamesOf } from '../shared/events/seen-names.ts';
import type { FieldError } from '../shared/http/api-error.ts';
import { type EventKind, impossibleIn } from '../shared/patterns/impossible.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import { pathType, unknownPart } from '../shared/schema-path.ts';
import type { Store } from '../shared/store/store.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';
import { CustomerFacts } from './customer-facts.ts';
import { factEntities } from './fact-records.ts';
import { everyLeaf, keyOf, missingIn, referencesIn } from './references.ts';
import { valueFaults } from './value-faults.ts';

/** a name or a value in a request that matches nothing; `later`: so far */
export type Unknown = FieldError & { later?: true };

/** whether a condition is about tracked events */
const namesTracked = (condition: Condition | undefined) => everyLeaf(condition).some(namesTrackedIn);
const namesTrackedIn = (leaf: Leaf) =>
  'event' in leaf && [leaf, ...(leaf.then ? [leaf.then] : [])].some(({ event }) => typeOf(event) === trackedTrack.name);

const readNames = async (store: Store, conditions: (Condition | undefined)[], isTracked: boolean) => {
  const [settings, topics, seen, missing] = await Promise.all([
    settingsOf(store),
    topicsOf(store),
    isTracked ? seenNamesOf(store) : undefined,
    missingIn(store, conditions),
  ]);
  return { settings, topics, seen, missing };
};
type Names = Awaited<ReturnType<typeof readNames>>;

/** types whose values have parts */
const parts: Partial<Record<NonNullable<Definition['type']>, readonly string[]>> = {
  money: ['amount', 'currency'],
};
const open = ['json', 'list'];

const onlyRecorded = 'it matches only where a value was recorded';

const customFault = (
  attribute: string,
  inner: string[],
  { settings }: Names,
  ifUndeclared: string,
): Omit<Unknown, 'path'> | undefined => {
  const { definitions, strictAttributes } = settings;
  const known = [...builtIn, ...definitions.map(one => one.attribute)];
  const type = definitions.find(one => one.attribute === attribute)?.type;
  const [part] = inner;
  if (part !== undefined && type && !open.includes(type) && !parts[type]?.includes(part)) {
    return { message: `${attribute} is of the type ${type}: it has no ${part}` };
  }
  if (known.includes(attribute)) return undefined;
  const own = (path: string) => path.slice('attributes.'.length);
  const byName = new Map([
    ...['address', ...standard].map(one => [one, one] as const),
    ...known.map(one => [own(one), one] as const),
  ]);
  const hint = didYouMean(own(attribute), byName.keys(), found => byName.get(found) ?? found);
  if (strictAttributes) return { message: `there is no attribute ${attribute}${hint}` };
  return { later: true, message: `${attribute} is not declared: ${ifUndeclared}${hint}` };
};

/** what is wrong with the path of an attribute, in facts of a schema */
const attributeFault = (path: string, names: Names, facts: z.ZodType, ifUndeclared = onlyRecorded) => {
  const [, name, inner] = /^(?:customer\.)?attributes\.([^.]+)(?:\.(.+))?$/.exec(path) ?? [];
  if (name) return customFault(`attributes.${name}`, inner?.split('.') ?? [], names, ifUndeclared);
  const steps = path.split('.');
  const unknown = unknownPart([facts], steps);
  if (!unknown) return undefined;
  const at = unknown.at.join('.');
  const declared = names.settings.definitions.map(({ attribute }) => attribute);
  const own = declared.find(one => one === `attributes.${steps[0]}`);
  const depth = unknown.at.length - 1;
  const near = didYouMean(steps[depth] ?? '', unknown.names, found => steps.with(depth, found).join('.'));
  const hint = own ? `; did you mean ${own}?` : near;
  return { message: `there is no attribute ${at}${hint}` };
};

const at = (path: string, fault: Omit<Unknown, 'path'> | undefined): Unknown[] => (fault ? [{ ...fault, path }] : []);

const unseen = (name: string, { seen }: Names): Omit<Unknown, 'path'> | undefined =>
  !seen || seen.has(name)
    ? undefined
    : { later: true, message: `no event ${name} was tracked yet${didYouMean(name, seen)}` };

/** tracked events of names that nobody tracked yet, in a pattern over events of the type */
const unseenIn = (pattern: unknown, path: string[], names: Names): Unknown[] =>
  (exactValues(pattern, path) ?? []).flatMap(name => {
    const found = unseen(name, names);
    return found ? [{ ...found, path: path.join('.') }] : [];
  });

const kindOf = (type: string, where: object): EventKind => {
  const data = events.find(({ name }) => name === type)?.data ?? z.unknown();
  const event = z.object({ type: z.string(), occurredAt: z.string(), data });
  if ('detail' in where) {
    return { fixed: { 'detail-type': type }, schema: z.object({ 'detail-type': z.string(), detail: event }) };
  }
  return { fixed: {}, schema: 'data' in where ? event : data };
};

const nameIn = (where: object) => ('detail' in where ? ['detail', 'data'] : 'data' in where ? ['data'] : []);

type Named = { event: string; where?: Where | undefined };

const whereFaults = (event: string, where: Pattern, names: Names): Unknown[] => {
  const inside = impossibleIn(where, [kindOf(typeOf(event), where)]);
  if (inside.length || event !== trackedTrack.name) return inside;
  return unseenIn(where, [...nameIn(where), 'event'], names);
};

/** of a pattern, or of each of several */
const patternFaults = (event: string, where: Where | undefined, path: string, names: Names): Unknown[] => {
  const several = Array.isArray(where);
  return [where ?? []].flat().flatMap((pattern, nth) =>
    whereFaults(event, pattern, names).map(one => ({
      ...one,
      path: [path, ...(several ? [nth] : []), one.path].join('.'),
    })),
  );
};

const eventFaults = ({ event, where }: Named, names: Names): Unknown[] => {
  const type = typeOf(event);
  if (!events.some(({ name }) => name === type)) {
    const known = events.map(({ name }) => name);
    return [{ path: 'event', message: `there is no event ${event}${didYouMean(event, known)}` }];
  }
  const named = isOwnType(event) ? undefined : unseen(event, names);
  return [...at('event', named), ...patternFaults(event, where, 'where', names)];
};

const measureFault = (event: string, name: string, of: string): Unknown[] => {
  const data = events.find(one => one.name === typeOf(event))?.data ?? z.unknown();
  const type = pathType(data, of.split('.'), { lists: true });
  if (type === undefined) {
    const { at: unknown = [], names = [] } = unknownPart([data], of.split('.')) ?? {};
    const hint = didYouMean(unknown.at(-1) ?? '', names);
    return [{ path: `${name}.of`, message: `the event has no ${unknown.join('.')}${hint}` }];
  }
  if (type === 'number' || name === 'distinct') return [];
  return [{ path: `${name}.of`, message: `${of} is not a number` }];
};

/** the value at a path of an event, of its data or beside that */
const pathFault = (event: string, path: string): Omit<Unknown, 'path'> | undefined => {
  const data = events.find(({ name }) => name === typeOf(event))?.data;
  if (!data) return undefined;
  const text = z.string();
  const whole = z.object({ id: text, type: text, occurredAt: text, about: text, name: text, data });
  const unknown = unknownPart([data, whole], path.replace(/^event\./, '').split('.'));
  if (!unknown) return undefined;
  return { message: `${event} has no ${path}${didYouMean(unknown.at.at(-1) ?? '', unknown.names)}` };
};

/** what stands beside the event: measures, the latest one, the one that follows */
const besideFaults = (leaf: EventCondition, names: Names): Unknown[] => [
  ...measures.flatMap(name => (leaf[name] ? measureFault(leaf.event, name, leaf[name].of) : [])),
  ...patternFaults(leaf.event, leaf.latest?.where, 'latest.where', names),
  ...(leaf.then ? eventFaults(leaf.then, names).map(one => ({ ...one, path: `then.${one.path}` })) : []),
];

const topicFault = (
  { channel, topic }: { channel: string; topic: string },
  { topics }: Names,
): Omit<Unknown, 'path'> | undefined => {
  const declared = topics.find(one => one.topic === topic);
  if (declared && !declared.channels.some(one => one === channel)) {
    return { message: `${topic} is not sent by ${channel}; its channels are ${declared.channels.join(', ')}` };
  }
  if (declared) return undefined;
  const known = topics.map(one => one.topic);
  if (known.length) return { message: `there is no topic ${topic}${didYouMean(topic, known)}` };
  return { later: true, message: `the topic ${topic} is not declared: only who consented to it by this name matches` };
};

const recordFaults = ({ record, where }: RecordCondition): Unknown[] => {
  const entity = factEntities.get(record);
  if (!entity) {
    return [{ path: 'record', message: `there are no records ${record}${didYouMean(record, factEntities.keys())}` }];
  }
  const { shown } = entity.fact;
  return (where ? leavesOf(where) : []).flatMap(({ leaf, path }) => {
    if (!('attribute' in leaf)) return [];
    const unknown = unknownPart([shown], leaf.attribute.split('.'));
    const hint = unknown && didYouMean(unknown.at.at(-1) ?? '', unknown.names);
    const found = unknown
      ? at('attribute', { message: `${record} has no ${unknown.at.join('.')}${hint}` })
      : valueFaults(leaf, [], shown);
    return found.map(one => ({ ...one, path: ['where', ...path, one.path].join('.') }));
  });
};

/** what has no history of its own */
const heldFault = (leaf: Leaf): Unknown[] => {
  if (!('held' in leaf)) return [];
  const [root = ''] = leaf.attribute.split('.');
  const isValue = root !== 'kind' && Object.hasOwn(Profile.shape, root);
  return isValue ? [] : [{ path: 'held', message: `it is not known since when ${leaf.attribute} is as it is` }];
};

const faultsOf = (leaf: Leaf, names: Names, facts: z.ZodType): Unknown[] => {
  const gone = referencesIn(leaf).filter(one => names.missing.has(keyOf(one)));
  if (gone.length) return gone.map(one => ({ path: one.path, message: names.missing.get(keyOf(one)) ?? '' }));
  if ('attribute' in leaf) {
    const unknown = at('attribute', attributeFault(leaf.attribute, names, facts));
    return unknown.length ? unknown : [...valueFaults(leaf, names.settings.definitions, facts), ...heldFault(leaf)];
  }
  if ('event' in leaf) return [...eventFaults(leaf, names), ...besideFaults(leaf, names)];
  if ('record' in leaf) return recordFaults(leaf);
  if ('organisation' in leaf) return inLeaves(leaf.organisation, 'organisation', names);
  if (!('consent' in leaf)) return [];
  const { channel } = leaf.consent;
  if (!(channels as readonly string[]).includes(channel)) {
    return [{ path: 'consent.channel', message: `there is no channel ${channel}${didYouMean(channel, channels)}` }];
  }
  return at('consent.topic', topicFault(leaf.consent, names));
};

/** of all single conditions, each at its path */
const inLeaves = (condition: Condition, path: string, names: Names, facts: z.ZodType = CustomerFacts): Unknown[] =>
  leavesOf(condition).flatMap(({ leaf, path: inner }) =>
    faultsOf(leaf, names, facts).map(one => ({ ...one, path: [path, ...inner, one.path].filter(Boolean).join('.') })),
  );

/** What a company has: attributes, topics, names of events; and what of a request, or of these conditions only, is none of them. */
export const namesKnownTo = async (
  store: Store,
  conditions: (Condition | undefined)[] = [],
  isTracked = conditions.length === 0 || conditions.some(namesTracked),
) => {
  const names = await readNames(store, conditions, isTracked);
  return {
    inCondition: (condition: Condition | undefined, path: string, facts?: z.ZodType): Unknown[] =>
      condition ? inLeaves(condition, path, names, facts) : [],
    attribute: (attribute: string, path: string, ifUndeclared?: string) =>
      at(path, attributeFault(attribute, names, CustomerFacts, ifUndeclared)),
    topic: (on: Parameters<typeof topicFault>[0], path: string) => at(path, topicFault(on, names)),
    trackedIn: (pattern: unknown, path: string[]) => unseenIn(pattern, path, names),
    valueOf: (event: string, valueAt: string, path: string) => at(path, pathFault(event, valueAt)),
    inEvent: (given: Named) => eventFaults(given, names),
  };
};
export type KnownNames = Awaited<ReturnType<typeof namesKnownTo>>;

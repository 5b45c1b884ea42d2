import * as z from 'zod';
import { events } from '#declared/events.ts';
import { channels } from '../../events/customer.ts';
import { trackedTrack } from '../../events/tracked.ts';
import { Finance } from '../billing/finance.ts';
import { topicsOf } from '../consent/topic.ts';
import { builtIn, type Definition } from '../customers/attributes/definition.ts';
import { standard } from '../customers/attributes/paths.ts';
import { Customer } from '../customers/customer.ts';
import { settingsOf } from '../customers/settings.ts';
import { type Condition, leavesOf } from '../shared/conditions/condition.ts';
import { isOwnType, typeOf } from '../shared/conditions/event-condition.ts';
import { seenNamesOf } from '../shared/events/seen-names.ts';
import type { FieldError } from '../shared/http/api-error.ts';
import { type EventKind, impossibleIn } from '../shared/patterns/impossible.ts';
import { exactValues } from '../shared/patterns/pattern.ts';
import { unknownPart } from '../shared/schema-path.ts';
import type { Store } from '../shared/store/store.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';
import { segments } from './segment.ts';
import { segmentsNamedBy } from './segment-uses.ts';
import { valueFaults } from './value-faults.ts';

/** a name or a value in a request that matches nothing; `later`: so far */
export type Unknown = FieldError & { later?: true };

/** what conditions find of a customer */
export const CustomerFacts = z.object({ ...Customer.omit({ masked: true }).shape, finance: Finance });

/** whether a condition is about tracked events */
const namesTracked = (condition: Condition | undefined) =>
  condition !== undefined &&
  leavesOf(condition).some(({ leaf }) => 'event' in leaf && typeOf(leaf.event) === trackedTrack.name);

const readNames = async (store: Store, isTracked: boolean, named: string[]) => {
  const seenNames = isTracked ? seenNamesOf(store) : undefined;
  const [settings, topics, seen, found] = await Promise.all([
    settingsOf(store),
    topicsOf(store),
    seenNames,
    store.getByIds(segments, named),
  ]);
  return { settings, topics, seen, segments: new Set<string>(found.map(({ id }) => id)) };
};
type Names = Awaited<ReturnType<typeof readNames>>;

/** types whose values have parts */
const parts: Partial<Record<NonNullable<Definition['type']>, readonly string[]>> = {
  money: ['amount', 'currency'],
};
const open = ['json', 'list'];

const customFault = (attribute: string, inner: string[], { settings }: Names): Omit<Unknown, 'path'> | undefined => {
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
  return { later: true, message: `${attribute} is not declared: it matches only where a value was recorded${hint}` };
};

/** what is wrong with the path of an attribute, in facts of a schema */
const attributeFault = (path: string, names: Names, facts: z.ZodType) => {
  const [, name, inner] = /^(?:customer\.)?attributes\.([^.]+)(?:\.(.+))?$/.exec(path) ?? [];
  if (name) return customFault(`attributes.${name}`, inner?.split('.') ?? [], names);
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

const eventFaults = (
  { event, where }: { event: string; where?: Record<string, unknown> | undefined },
  names: Names,
): Unknown[] => {
  const type = typeOf(event);
  if (!events.some(({ name }) => name === type)) {
    const known = events.map(({ name }) => name);
    return [{ path: 'event', message: `there is no event ${event}${didYouMean(event, known)}` }];
  }
  const named = isOwnType(event) ? undefined : unseen(event, names);
  const inside = where ? impossibleIn(where, [kindOf(type, where)]) : [];
  const tracked =
    where && !inside.length && event === trackedTrack.name ? unseenIn(where, [...nameIn(where), 'event'], names) : [];
  return [
    ...(named ? [{ ...named, path: 'event' }] : []),
    ...[...inside, ...tracked].map(one => ({ ...one, path: `where.${one.path}` })),
  ];
};

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

const at = (path: string, fault: Omit<Unknown, 'path'> | undefined): Unknown[] => (fault ? [{ ...fault, path }] : []);

const faultsOf = (leaf: ReturnType<typeof leavesOf>[number]['leaf'], names: Names, facts: z.ZodType): Unknown[] => {
  if ('attribute' in leaf) {
    const unknown = at('attribute', attributeFault(leaf.attribute, names, facts));
    return unknown.length ? unknown : valueFaults(leaf, names.settings.definitions, facts);
  }
  if ('event' in leaf) return eventFaults(leaf, names);
  if ('segment' in leaf) {
    const isKnown = names.segments.has(leaf.segment);
    return isKnown ? [] : [{ path: 'segment', message: `there is no segment ${leaf.segment}` }];
  }
  const { channel } = leaf.consent;
  if (!(channels as readonly string[]).includes(channel)) {
    return [{ path: 'consent.channel', message: `there is no channel ${channel}${didYouMean(channel, channels)}` }];
  }
  return at('consent.topic', topicFault(leaf.consent, names));
};

/** What a company has: attributes, topics, names of events; and what of a request, or of these conditions only, is none of them. */
export const namesKnownTo = async (store: Store, conditions?: (Condition | undefined)[]) => {
  const names = await readNames(store, conditions?.some(namesTracked) ?? true, segmentsNamedBy(conditions ?? []));
  return {
    inCondition: (condition: Condition | undefined, path: string, facts: z.ZodType = CustomerFacts): Unknown[] =>
      (condition ? leavesOf(condition) : []).flatMap(({ leaf, path: inner }) =>
        faultsOf(leaf, names, facts).map(one => ({
          ...one,
          path: [path, ...inner, one.path].filter(Boolean).join('.'),
        })),
      ),
    attribute: (attribute: string, path: string) => at(path, attributeFault(attribute, names, CustomerFacts)),
    topic: (on: Parameters<typeof topicFault>[0], path: string) => at(path, topicFault(on, names)),
    trackedIn: (pattern: unknown, path: string[]) => unseenIn(pattern, path, names),
    inEvent: (given: { event: string; where?: Record<string, unknown> | undefined }) => eventFaults(given, names),
  };
};
export type KnownNames = Awaited<ReturnType<typeof namesKnownTo>>;

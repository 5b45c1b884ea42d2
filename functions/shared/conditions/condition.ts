import { createHash } from 'node:crypto';
import * as z from 'zod';
import { lazily } from '../lazily.ts';
import {
  type AttributeCondition,
  attributeOperators,
  ignoreCase,
  judgeAttribute,
  textOperators,
  zoneOf,
} from './attribute-condition.ts';
import {
  type Count,
  type EventCondition,
  eventParts,
  type Happening,
  judgeEvent,
  notRegular,
  Where,
} from './event-condition.ts';
import { MessageCondition, messageEvents } from './message-condition.ts';
import { isWithinBounds, type Outcome, outcomeUntil, shownBounds } from './outcome.ts';
import { asksKnown, judgeKnown, type Known, type KnownCondition, knownOperators } from './provenance-condition.ts';

const statuses = ['granted', 'withdrawn', 'pending', 'expired'] as const;

export type ConsentCondition = { channel: string; topic: string; status?: (typeof statuses)[number] | undefined };
/** how many records of a kind a customer has that meet a condition over the record; at least one unless `count` is given */
export type RecordCondition = { record: string; where?: Condition | undefined; count?: Count | undefined };

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | AttributeCondition
  | KnownCondition
  | EventCondition
  | RecordCondition
  | { organisation: Condition }
  | { segment: string }
  | { list: string }
  | { consent: ConsentCondition }
  | { message: MessageCondition }
  | { sample: { percent: number; salt: string } };

type Consent = { channel: string; topic: string; status: string; expiresAt?: string | undefined };

/** the facts that a condition is evaluated against; attributes may nest objects and lists */
export type Facts = {
  attributes: Record<string, unknown>;
  consents?: readonly Consent[];
  segments?: readonly string[];
  lists?: readonly string[];
  events?: readonly Happening[];
  /** by kind */
  records?: Record<string, readonly Record<string, unknown>[]>;
  /** `until`: when it may be another one, by the days that were agreed on */
  employer?: { facts?: Omit<Facts, 'now'> | undefined; until?: string | undefined };
  known?: (attribute: string, now: string) => Known[];
  /** since when an attribute has the value that it has */
  changedAt?: (attribute: string) => string | undefined;
  timeZone?: string;
  now: string;
};

export type Leaf = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>;

/** the single conditions that a condition is made of, each with its path; those over a record or the employer stay whole */
export function leavesOf(condition: Condition, path: string[] = []): { leaf: Leaf; path: string[] }[] {
  const each = (parts: Condition[], name: string) =>
    parts.flatMap((part, nth) => leavesOf(part, [...path, name, String(nth)]));
  if ('all' in condition) return each(condition.all, 'all');
  if ('any' in condition) return each(condition.any, 'any');
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not']);
  return [{ leaf: condition, path }];
}

/** Whether a condition holds, and the facts that decide it, in plain words; `until` when time alone may change it. */
export function evaluate(condition: Condition, facts: Facts): Outcome {
  if ('all' in condition)
    return condition.all.length ? all(condition.all.map(part => evaluate(part, facts))) : everybody;
  if ('any' in condition) return any(condition.any.map(part => evaluate(part, facts)));
  if ('not' in condition) return not(evaluate(condition.not, facts));
  return judge(condition, facts);
}

function judge(leaf: Leaf, facts: Facts): Outcome {
  if ('record' in leaf) return judgeRecords(leaf, facts);
  if (asksKnown(leaf)) return judgeKnown(leaf, facts.known, facts.now);
  if ('attribute' in leaf) return judgeAttribute(leaf, facts);
  if ('event' in leaf) return judgeEvent(leaf, facts.events ?? [], facts.now);
  if ('organisation' in leaf) return judgeEmployer(leaf.organisation, facts);
  if ('segment' in leaf) return judgeMember(`segment ${leaf.segment}`, facts.segments?.includes(leaf.segment));
  if ('list' in leaf) return judgeMember(`list ${leaf.list}`, facts.lists?.includes(leaf.list));
  if ('message' in leaf) return judgeMessages(leaf.message, facts);
  if ('sample' in leaf) return judgeSample(leaf.sample, facts.attributes);
  return judgeConsent(leaf.consent, facts);
}

const everybody: Outcome = { holds: true, reasons: ['it is everybody'] };
const nobody: Outcome = { holds: false, reasons: ['it is nobody'] };

const earliest = (times: (string | undefined)[]) => times.filter(time => time !== undefined).sort()[0];
/** undefined if one is: what fails for good keeps the rest from mattering */
const latest = (times: (string | undefined)[]) => (times.includes(undefined) ? undefined : times.sort().at(-1));

/** the reasons are those of the parts that decided: the failing ones, or all when all hold */
function all(outcomes: Outcome[]): Outcome {
  const failing = outcomes.filter(({ holds }) => !holds);
  const deciding = failing.length ? failing : outcomes;
  const times = deciding.map(({ until }) => until);
  const outcome = { holds: failing.length === 0, reasons: deciding.flatMap(({ reasons }) => reasons) };
  return outcomeUntil(outcome, failing.length ? latest(times) : earliest(times));
}

const any = (outcomes: Outcome[]) => (outcomes.length ? negated(all(outcomes.map(negated))) : nobody);

const negated = ({ holds, ...outcome }: Outcome): Outcome => ({ ...outcome, holds: !holds });
const not = ({ holds, reasons, ...outcome }: Outcome): Outcome => ({
  ...outcome,
  holds: !holds,
  reasons: reasons.map(reason => `not ${reason}`),
});

function judgeMember(of: string, isMember = false): Outcome {
  return { holds: isMember, reasons: [`member of ${of}: ${isMember ? 'it is' : 'it is not'}`] };
}

function judgeConsent(
  { channel, topic, status = 'granted' }: ConsentCondition,
  { consents = [], now }: Facts,
): Outcome {
  const given = consents.find(consent => consent.channel === channel && consent.topic === topic);
  const wanted = status === 'granted' ? '' : ` as ${status}`;
  const reasons = [`consent to ${topic} by ${channel}${wanted}: it is ${given?.status ?? 'missing'}`];
  const ends = given?.status === 'granted' && given.expiresAt !== undefined && given.expiresAt > now;
  return outcomeUntil({ holds: given?.status === status, reasons }, ends ? given.expiresAt : undefined);
}

function judgeRecords({ record, where, count = { gte: 1 } }: RecordCondition, facts: Facts): Outcome {
  const { now, timeZone = zoneOf(facts.attributes) } = facts;
  const all = facts.records?.[record] ?? [];
  const judged = where ? all.map(attributes => evaluate(where, { attributes, timeZone, now })) : [];
  const found = where ? judged.filter(({ holds }) => holds).length : all.length;
  const expected = `${record}${where ? ' as described' : ''} exists ${shownBounds(count, { lt: 'fewer than' })} times`;
  const outcome = { holds: isWithinBounds(found, count), reasons: [`${expected}: there are ${found}`] };
  return outcomeUntil(outcome, earliest(judged.map(({ until }) => until)));
}

function judgeEmployer(condition: Condition, { employer = {}, now }: Facts): Outcome {
  const { facts, until } = employer;
  if (!facts) return outcomeUntil({ holds: false, reasons: ['organisation: it is missing'] }, until);
  const outcome = evaluate(condition, { ...facts, now });
  const reasons = outcome.reasons.map(reason => `organisation ${reason}`);
  return outcomeUntil({ holds: outcome.holds, reasons }, earliest([outcome.until, until]));
}

function judgeMessages(message: MessageCondition, { events = [], now }: Facts): Outcome {
  const { state, within, ...ids } = message;
  const which = Object.entries(ids).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
  const { holds, until } = any(messageEvents(message).map(condition => judgeEvent(condition, events, now)));
  const expected = ['message', ...which, 'is', state, ...(within ? [`within ${within}`] : [])].join(' ');
  return outcomeUntil({ holds, reasons: [`${expected}: ${holds ? 'there is one' : 'there is none'}`] }, until);
}

const share = 2 ** 48;

/** where a customer stands from 0 to 100: always the same for a salt, independent of the place for another */
export const sampleOf = (salt: string, id: string) =>
  (createHash('sha256')
    .update(JSON.stringify([salt, id]))
    .digest()
    .readUIntBE(0, 6) /
    share) *
  100;

function judgeSample({ percent, salt }: { percent: number; salt: string }, { id }: Record<string, unknown>): Outcome {
  const holds = typeof id === 'string' && sampleOf(salt, id) < percent;
  return { holds, reasons: [`in the sample of ${percent} % by ${salt}: ${holds ? 'it is' : 'it is not'}`] };
}

const kinds = [
  ...(['all', 'any', 'not', 'attribute', 'event', 'record'] as const),
  ...(['organisation', 'segment', 'list', 'consent', 'message', 'sample'] as const),
];
const mostDepth = 8;
const mostParts = 200;
const name = z.string().min(1).max(200);

const Part = z
  .strictObject({
    get all(): z.ZodOptional<z.ZodArray<z.ZodType<Condition>>> {
      return z.array(Condition).max(mostParts).optional();
    },
    get any(): z.ZodOptional<z.ZodArray<z.ZodType<Condition>>> {
      return z.array(Condition).max(mostParts).optional();
    },
    get not(): z.ZodOptional<z.ZodType<Condition>> {
      return Condition.optional();
    },
    attribute: z
      .string()
      .regex(/^[^.]+(?:\.[^.]+)*$/, 'must be a path such as address.country')
      .max(200)
      .optional(),
    ...attributeOperators,
    ignoreCase,
    ...knownOperators,
    event: name.optional(),
    ...eventParts,
    record: name.optional().describe('a kind of records of the customer, such as case or order'),
    where: z
      .unknown()
      .describe(
        'of an event: a pattern over its data, or a list of patterns that all match; of a record: a condition over it',
      )
      .optional(),
    get organisation(): z.ZodOptional<z.ZodType<Condition>> {
      return Condition.optional();
    },
    segment: name.optional(),
    list: name.optional(),
    consent: z.strictObject({ channel: name, topic: name, status: z.enum(statuses).optional() }).optional(),
    message: MessageCondition.optional(),
    sample: z
      .strictObject({ percent: z.number().min(0).max(100), salt: z.string().min(1).max(100) })
      .describe('a share of all customers: always the same ones for a salt')
      .optional(),
  })
  .superRefine((part, context) => {
    for (const [path, message] of faults(part)) context.addIssue({ code: 'custom', path, message });
  });

/** The condition language; every bad part is named by its path. At most 8 levels and 200 parts. */
export const Condition: z.ZodType<Condition> = Part.meta({
  id: 'Condition',
  description: `A condition on a customer or a case: exactly one of ${kinds.join(', ')}.`,
  oneOf: kinds.map(kind => ({ required: [kind] })),
  examples: [
    {
      all: [
        { attribute: 'address.country', is: 'SG' },
        { event: 'order.completed', count: { gte: 2 }, within: 'P30D' },
      ],
    },
    {
      all: [
        { attribute: 'phone', verified: { by: 'customer', within: 'P180D' } },
        { attribute: 'attributes.plan', observed: { source: 'import:*', within: 'P1Y' } },
        { attribute: 'address', confidence: { gte: 0.8 } },
      ],
    },
  ],
}) as unknown as z.ZodType<Condition>;

type Loose = Record<string, unknown>;
const belonging = lazily(
  (): Record<string, string[]> => ({
    attribute: [...Object.keys(attributeOperators), 'ignoreCase', ...Object.keys(knownOperators)],
    event: [...Object.keys(eventParts), 'where', 'between'],
    record: ['where', 'count'],
  }),
);

type Fault = [path: string[], message: string];

const attributeFaults = (part: Loose, operators: string[]): Fault[] => {
  const [operator = '', ...more] = operators.filter(name => name !== 'ignoreCase');
  if (!operator || more.length) {
    const known = belonging.attribute?.filter(name => name !== 'ignoreCase');
    return [[[], `must compare the attribute with exactly one of ${known?.join(', ')}`]];
  }
  const compared = [part[operator]].flat();
  const isOnTexts = textOperators.includes(operator) && compared.every(value => typeof value === 'string');
  return part.ignoreCase === undefined || isOnTexts ? [] : [[['ignoreCase'], `does not belong with ${operator}`]];
};

const inWhere = (schema: z.ZodType, where: unknown): Fault[] =>
  (schema.safeParse(where).error?.issues ?? []).map(({ path, message }) => [['where', ...path.map(String)], message]);

const eventFaults = (part: Loose): Fault[] => {
  if (part.within !== undefined && part.between !== undefined) return [[['between'], 'does not belong with within']];
  const strays = part.regular === undefined ? [] : notRegular.filter(name => part[name] !== undefined);
  const found = strays.map((name): Fault => [[name], 'does not belong with regular']);
  return found.length || part.where === undefined ? found : inWhere(Where, part.where);
};

/** whether it is about values alone: a record has no history of its own, no relations, no consents */
export const isOfValues = (leaf: Leaf): leaf is AttributeCondition =>
  'attribute' in leaf && !asksKnown(leaf) && !('held' in leaf);

const OfRecord = lazily(() =>
  Condition.superRefine((condition, context) => {
    for (const { leaf, path } of leavesOf(condition)) {
      const message = 'must compare attributes of the record';
      if (!isOfValues(leaf)) context.addIssue({ code: 'custom', path, message });
    }
  }),
);

const employerFaults = (organisation: Condition): Fault[] =>
  leavesOf(organisation).flatMap(({ leaf, path }): Fault[] =>
    'organisation' in leaf ? [[['organisation', ...path, 'organisation'], 'must not be within organisation']] : [],
  );

const faultsOf: { [kind: string]: (part: Loose, others: string[]) => Fault[] } = {
  attribute: attributeFaults,
  event: eventFaults,
  record: part => (part.where === undefined ? [] : inWhere(OfRecord, part.where)),
  organisation: part => employerFaults(part.organisation as Condition),
};

function faults(part: Loose): Fault[] {
  const present = kinds.filter(kind => part[kind] !== undefined);
  const [kind] = present;
  if (!kind || present.length > 1) return [[[], `must have exactly one of ${kinds.join(', ')}`]];
  const others = Object.keys(part).filter(key => key !== kind && part[key] !== undefined);
  const strays = others.filter(key => !belonging[kind]?.includes(key));
  if (strays.length) return strays.map(key => [[key], `does not belong with ${kind}`]);
  const found = faultsOf[kind]?.(part, others) ?? [];
  return found.length ? found : sizeFaults(part);
}

/** reported once, at the part that is one level too deep, or that is too large while none of its parts is */
function sizeFaults(part: Loose): Fault[] {
  if (depthOf(part) === mostDepth + 1) return [[[], `must not be deeper than ${mostDepth} levels`]];
  const tooLarge = sizeOf(part) > mostParts && childrenOf(part).every(child => sizeOf(child) <= mostParts);
  return tooLarge ? [[[], `must not have more than ${mostParts} parts`]] : [];
}

const childrenOf = ({ all = [], any = [], not, organisation, record, where }: Loose) => [
  ...(all as Loose[]),
  ...(any as Loose[]),
  ...[not, organisation, record && where].filter(part => part !== undefined).map(part => part as Loose),
];
const depthOf = (part: Loose): number => 1 + Math.max(0, ...childrenOf(part).map(depthOf));
const sizeOf = (part: Loose): number => childrenOf(part).reduce((sum, child) => sum + sizeOf(child), 1);

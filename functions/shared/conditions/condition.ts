import * as z from 'zod';
import { lazily } from '../lazily.ts';
import { type AttributeCondition, attributeOperators, judgeAttribute } from './attribute-condition.ts';
import { type EventCondition, eventParts, type Happening, judgeEvent } from './event-condition.ts';
import type { Outcome } from './outcome.ts';
import { asksKnown, judgeKnown, type Known, type KnownCondition, knownOperators } from './provenance-condition.ts';

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | AttributeCondition
  | KnownCondition
  | EventCondition
  | { segment: string }
  | { consent: { channel: string; topic: string } };

/** the facts that a condition is evaluated against; attributes may nest objects and lists */
export type Facts = {
  attributes: Record<string, unknown>;
  consents?: readonly { channel: string; topic: string; status: string }[];
  segments?: readonly string[];
  events?: readonly Happening[];
  known?: (attribute: string, now: string) => Known[];
  now: string;
};

type Leaf = Exclude<Condition, { all: Condition[] } | { any: Condition[] } | { not: Condition }>;

/** the single conditions that a condition is made of, each with its path */
export function leavesOf(condition: Condition, path: string[] = []): { leaf: Leaf; path: string[] }[] {
  const each = (parts: Condition[], name: string) =>
    parts.flatMap((part, nth) => leavesOf(part, [...path, name, String(nth)]));
  if ('all' in condition) return each(condition.all, 'all');
  if ('any' in condition) return each(condition.any, 'any');
  if ('not' in condition) return leavesOf(condition.not, [...path, 'not']);
  return [{ leaf: condition, path }];
}

/** Whether a condition holds, and the facts that decide it, in plain words. */
export function evaluate(condition: Condition, facts: Facts): Outcome {
  if ('all' in condition) return all(condition.all.map(part => evaluate(part, facts)));
  if ('any' in condition) return negated(all(condition.any.map(part => negated(evaluate(part, facts)))));
  if ('not' in condition) return not(evaluate(condition.not, facts));
  if (asksKnown(condition)) return judgeKnown(condition, facts.known, facts.now);
  if ('attribute' in condition) return judgeAttribute(condition, facts.attributes);
  if ('event' in condition) return judgeEvent(condition, facts.events ?? [], facts.now);
  if ('segment' in condition) return judgeSegment(condition.segment, facts.segments ?? []);
  return judgeConsent(condition.consent, facts.consents ?? []);
}

/** the reasons are those of the parts that decided: the failing ones, or all when all hold */
function all(outcomes: Outcome[]): Outcome {
  const failing = outcomes.filter(({ holds }) => !holds);
  const deciding = failing.length ? failing : outcomes;
  return { holds: failing.length === 0, reasons: deciding.flatMap(({ reasons }) => reasons) };
}

const negated = ({ holds, reasons }: Outcome): Outcome => ({ holds: !holds, reasons });
const not = ({ holds, reasons }: Outcome) => ({ holds: !holds, reasons: reasons.map(reason => `not ${reason}`) });

function judgeSegment(segment: string, segments: readonly string[]): Outcome {
  const holds = segments.includes(segment);
  return { holds, reasons: [`member of segment ${segment}: ${holds ? 'it is' : 'it is not'}`] };
}

function judgeConsent(
  { channel, topic }: { channel: string; topic: string },
  consents: Facts['consents'] = [],
): Outcome {
  const given = consents.find(consent => consent.channel === channel && consent.topic === topic);
  return {
    holds: given?.status === 'granted',
    reasons: [`consent to ${topic} by ${channel}: it is ${given?.status ?? 'missing'}`],
  };
}

const kinds = ['all', 'any', 'not', 'attribute', 'event', 'segment', 'consent'] as const;
const mostDepth = 8;
const mostParts = 200;
const name = z.string().min(1).max(200);

const Part = z
  .strictObject({
    get all(): z.ZodOptional<z.ZodArray<z.ZodType<Condition>>> {
      return z.array(Condition).min(1, 'has no conditions').max(mostParts).optional();
    },
    get any(): z.ZodOptional<z.ZodArray<z.ZodType<Condition>>> {
      return z.array(Condition).min(1, 'has no conditions').max(mostParts).optional();
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
    ...knownOperators,
    event: name.optional(),
    ...eventParts,
    segment: name.optional(),
    consent: z.strictObject({ channel: name, topic: name }).optional(),
  })
  .superRefine((part, context) => {
    for (const [path, message] of faults(part)) context.addIssue({ code: 'custom', path, message });
  });

/** The condition language; every bad part is named by its path. At most 8 levels and 200 parts. */
export const Condition: z.ZodType<Condition> = Part.meta({
  id: 'Condition',
  description: 'A condition on a customer or a case: one of all, any, not, attribute, event, segment, consent.',
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
    attribute: [...Object.keys(attributeOperators), ...Object.keys(knownOperators)],
    event: Object.keys(eventParts),
  }),
);

function faults(part: Loose): [path: string[], message: string][] {
  const present = kinds.filter(kind => part[kind] !== undefined);
  const [kind] = present;
  if (!kind || present.length > 1) return [[[], `must have exactly one of ${kinds.join(', ')}`]];
  const others = Object.keys(part).filter(key => key !== kind && part[key] !== undefined);
  const strays = others.filter(key => !belonging[kind]?.includes(key));
  if (strays.length) return strays.map(key => [[key], `does not belong with ${kind}`]);
  if (kind === 'attribute' && others.length !== 1) {
    return [[[], `must compare the attribute with exactly one of ${belonging.attribute?.join(', ')}`]];
  }
  return sizeFaults(part);
}

/** reported once, at the part that is one level too deep, or that is too large while none of its parts is */
function sizeFaults(part: Loose): [path: string[], message: string][] {
  if (depthOf(part) === mostDepth + 1) return [[[], `must not be deeper than ${mostDepth} levels`]];
  const tooLarge = sizeOf(part) > mostParts && childrenOf(part).every(child => sizeOf(child) <= mostParts);
  return tooLarge ? [[[], `must not have more than ${mostParts} parts`]] : [];
}

const childrenOf = ({ all = [], any = [], not }: Loose) => [
  ...(all as Loose[]),
  ...(any as Loose[]),
  ...(not ? [not as Loose] : []),
];
const depthOf = (part: Loose): number => 1 + Math.max(0, ...childrenOf(part).map(depthOf));
const sizeOf = (part: Loose): number => childrenOf(part).reduce((sum, child) => sum + sizeOf(child), 1);

import * as z from 'zod';
import type { Definition } from '../customers/attributes/definition.ts';
import type { AttributeCondition } from '../shared/conditions/attribute-condition.ts';
import { isTime } from '../shared/conditions/bound.ts';
import type { KnownCondition } from '../shared/conditions/provenance-condition.ts';
import { checked } from '../shared/http/parse.ts';
import { schemasAt } from '../shared/schema-path.ts';
import { Email } from '../shared/text/email.ts';

/** what values an attribute may have, as far as it is known */
type Values = z.ZodType | undefined;

const Time = z.string().refine(isTime, 'must be a date or an instant such as 2026-02-28 or 2026-02-28T09:30:00Z');
const Phone = z.string().regex(/^\+\d{5,15}$/, 'must be a phone number as it is stored, in E.164, such as +6561234567');

const byType: { [Type in NonNullable<Definition['type']>]: (definition: Definition, part?: string) => Values } = {
  text: () => z.string(),
  number: () => z.number(),
  integer: () => z.number(),
  boolean: () => z.boolean(),
  date: () => Time,
  instant: () => Time,
  enum: ({ values = [] }) => z.enum(values),
  list: ({ values }) => values && z.array(z.enum(values)),
  money: (_, part) => (part === 'amount' ? z.number() : z.string()),
  url: () => z.string(),
  email: () => Email,
  phone: () => Phone,
  json: () => undefined,
};

const isTimed = (schema: z.ZodType) => schema instanceof z.ZodISODate || schema instanceof z.ZodISODateTime;

/** a field's own values; a list means each of its elements */
const ofField = (path: string, facts: z.ZodType): Values => {
  const [first, ...others] = schemasAt(facts, path.split('.')).map(one => (isTimed(one) ? Time : one));
  if (/^(customer\.)?phone$/.test(path)) return Phone;
  return first && others.length ? z.union([first, ...others]) : first;
};

const valuesOf = (path: string, definitions: Definition[], facts: z.ZodType): Values => {
  const [, name, part] = /^(?:customer\.)?attributes\.([^.]+)(?:\.(.+))?$/.exec(path) ?? [];
  if (!name) return ofField(path, facts);
  const definition = definitions.find(one => one.attribute === `attributes.${name}`);
  return definition?.type && byType[definition.type](definition, part);
};

const textLike = [z.ZodString, z.ZodEnum, z.ZodPipe];
const isText = (values: z.ZodType): boolean =>
  values instanceof z.ZodUnion
    ? values.options.some(one => isText(one as z.ZodType))
    : values === Time || values === Email || textLike.some(kind => values instanceof kind);

const faultOf = (value: unknown, values: z.ZodType) => {
  const read = checked(values, value);
  if (!read.success) return read.error.issues[0]?.message;
  return read.data === value ? undefined : `must be written as it is stored: ${read.data}`;
};

/** an order needs the type alone: no name lies before or after a wrong one */
const ordered = (values: z.ZodType) => (isText(values) && values !== Time ? z.string() : values);

const onTexts = ['contains', 'startsWith', 'endsWith', 'like'];
const onTimes = ['before', 'after', 'between', 'anniversary'];

type Fault = { path: string; message: string };

/** What no value of an attribute can be, in a condition on it: another type, or none of its values. */
export const valueFaults = (
  { attribute, ...given }: AttributeCondition | KnownCondition,
  definitions: Definition[],
  facts: z.ZodType,
): Fault[] => {
  const found = valuesOf(attribute, definitions, facts);
  if (!found) return [];
  const isList = found instanceof z.ZodArray;
  const { ignoreCase, ...operators } = given as { ignoreCase?: boolean };
  const exact = isList ? (found.element as z.ZodType) : found;
  const values = ignoreCase && isText(exact) ? z.string() : exact;
  const one = (path: string, value: unknown, expected: z.ZodType): Fault[] => {
    const message = faultOf(value, expected);
    return message ? [{ path, message }] : [];
  };
  return Object.entries(operators).flatMap(([operator, wanted]): Fault[] => {
    if (operator === 'is' || operator === 'isNot') return one(operator, wanted, values);
    if (operator === 'in' || operator === 'notIn') {
      return (wanted as unknown[]).flatMap((value, nth) => one(`${operator}.${nth}`, value, values));
    }
    if (/^[gl]te?$/.test(operator)) return one(operator, wanted, ordered(values));
    if (operator === 'contains' && isList) return one(operator, wanted, values);
    if (isText(values)) return [];
    if (onTexts.includes(operator)) return [{ path: operator, message: 'is for texts: compare with is, gt or lt' }];
    return onTimes.includes(operator) ? [{ path: operator, message: 'is for dates and instants' }] : [];
  });
};

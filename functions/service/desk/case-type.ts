import * as z from 'zod';
import { CaseType as Kind } from '../../../events/case.ts';
import { Money } from '../../../events/money.ts';
import { Day, line, Slug } from '../../shared/fields.ts';
import type { FieldError } from '../../shared/http/api-error.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Duration } from '../../shared/time/duration.ts';
import { Attributes, CheckItem } from '../cases/case-fields.ts';
import { Key } from './fields.ts';

const Field = z.strictObject({
  type: z.enum(['text', 'number', 'boolean', 'date']),
  label: line(100).optional(),
  required: z.boolean().default(false),
  choices: z.array(line(200)).min(1).max(100).describe('The only texts that it may have.').optional(),
});

export const CaseTypeFields = z.strictObject({
  name: line(200),
  type: Kind.describe('What cases of it are; the clocks and limits of complaints belong to the type complaint.'),
  fields: z.record(Attributes.keyType, Field).describe('The fields that its cases have in `attributes`.').default({}),
  checklist: z
    .array(CheckItem.omit({ done: true }))
    .max(50)
    .default([]),
  weight: z.int().min(1).max(100).describe('What a case counts of the capacity of its agent.').default(1),
  legalClock: z
    .strictObject({
      within: Duration.describe('From the opening of the case, by the calendar of days.'),
      warnBefore: Duration.optional(),
    })
    .optional(),
  compensation: z
    .array(z.strictObject({ team: Slug.optional(), max: Money }))
    .max(50)
    .describe('Up to what who may grant compensation: the members of a team and of those below it, or everybody.')
    .default([]),
});

/** A kind of cases with fields, a checklist, a weight, a legal clock and limits of compensation of its own. */
export const CaseType = z.object({ id: Key, ...CaseTypeFields.shape, ...stamps });
export type CaseType = z.output<typeof CaseType>;

export const caseTypes = entity('case-type', CaseType, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['case-type', 'all'], part: id }),
});

type Value = z.output<typeof Attributes>[string];

const faultOf = ({ type, choices }: z.output<typeof Field>, value: Value): string | null => {
  if (type === 'number' || type === 'boolean') return typeof value === type ? null : `is not a ${type}`;
  if (typeof value !== 'string') return `is not a ${type}`;
  if (type === 'date' && !Day.safeParse(value).success) return 'is not a date (YYYY-MM-DD)';
  return !choices || choices.includes(value) ? null : `is not one of ${choices.join(', ')}`;
};

/** what is wrong with the fields of a case of a type */
export const attributeFaults = ({ id, fields }: CaseType, given: z.output<typeof Attributes>): FieldError[] => [
  ...Object.entries(given).flatMap(([name, value]) => {
    const field = fields[name];
    const message = field ? faultOf(field, value) : `is not a field of the case type ${id}`;
    return message ? [{ path: `attributes.${name}`, message }] : [];
  }),
  ...Object.entries(fields).flatMap(([name, { required }]) =>
    required && given[name] === undefined ? [{ path: `attributes.${name}`, message: 'is missing' }] : [],
  ),
];

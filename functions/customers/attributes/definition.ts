import * as z from 'zod';
import { Pattern } from '../../shared/conditions/event-condition.ts';
import { line } from '../../shared/fields.ts';
import { Instant } from '../../shared/http/contract.ts';
import { unstorable } from '../../shared/http/storable.ts';
import { Duration } from '../../shared/time/duration.ts';
import { standard } from './paths.ts';

export const operations = ['count', 'sum', 'average', 'min', 'max', 'first', 'last'] as const;
export type Operation = (typeof operations)[number];

export const Computed = z
  .strictObject({
    event: z
      .string()
      .min(1, 'is empty')
      .max(200)
      .describe('a type such as order.created or tracked.track, or the name of a tracked event such as Product Viewed'),
    where: Pattern.optional().describe('an event pattern over its data'),
    operation: z.enum(operations),
    path: z
      .string()
      .regex(/^[^.]+(?:\.[^.]+)*$/, 'must be a path such as properties.price')
      .max(200)
      .optional()
      .describe('the part of its data to use; of first and last the time by default'),
    within: Duration.optional().describe('only events of the last days, such as P30D'),
  })
  .describe('the value is computed from events and cannot be set');
export type Computed = z.output<typeof Computed>;

/** the types of attributes; `number`, `string`: the type of their bounds */
const boundTypes = {
  text: 'number',
  number: 'number',
  integer: 'number',
  boolean: null,
  date: 'string',
  instant: 'string',
  enum: null,
  list: 'number',
  money: 'number',
  url: null,
  email: null,
  phone: null,
  json: null,
} as const;
type AttributeType = keyof typeof boundTypes;

const Bound = z.union([z.number(), z.iso.date(), z.iso.datetime()]);

const Quality = {
  label: line(100).optional(),
  description: line(1000).optional(),
  required: z.boolean().default(false),
  accuracy: z.enum(['low', 'normal', 'high']).default('normal').describe('how soon the confidence in a value declines'),
  freshness: Duration.optional().describe('the maximum age of a value, such as P180D'),
  classification: z.enum(['normal', 'confidential']).default('normal'),
  purpose: line(200).optional().describe('what it is used for'),
  appliesTo: z.enum(['person', 'organisation']).optional(),
};

export const Typing = {
  type: z
    .enum(Object.keys(boundTypes) as AttributeType[])
    .optional()
    .describe('required for custom attributes'),
  values: z.array(line(100)).min(1).max(500).optional().describe('the allowed values of an enum or a list'),
  min: Bound.optional().describe('minimum: the length of a text, the count of a list, minor units of money'),
  max: Bound.optional(),
  pattern: line(100).optional().describe('of a text: * any characters, ? one character, # a digit, @ a letter'),
  indexed: z.boolean().default(false).describe('customers can be searched by its value'),
  computed: Computed.optional(),
};

type Typed = { [name in keyof typeof Typing]?: z.output<(typeof Typing)[name]> };

const order = (bound: string | number) => (typeof bound === 'number' ? bound : Date.parse(bound));

const faults = ({ type, values, min, max, pattern, indexed }: Typed): [path: string, message: string][] => {
  const found: [string, string][] = [];
  const kind = type && boundTypes[type];
  if (type === 'enum' && !values) found.push(['values', 'are required for an enum']);
  if (values && type !== 'enum' && type !== 'list') found.push(['values', 'are for an enum or a list only']);
  if (values && new Set(values).size < values.length) found.push(['values', 'contain a value twice']);
  if (pattern !== undefined && type !== 'text') found.push(['pattern', 'is for a text only']);
  if (indexed && (type === 'json' || type === 'money')) found.push(['indexed', `is not supported for ${type}`]);
  for (const [name, bound] of Object.entries({ min, max })) {
    if (bound === undefined) continue;
    if (!kind) found.push([name, `is not supported for ${type ?? 'a standard field'}`]);
    else if (typeof bound !== kind) found.push([name, kind === 'number' ? 'is not a number' : 'is not a date']);
  }
  if (min !== undefined && max !== undefined && order(min) > order(max)) found.push(['max', 'is less than min']);
  return found;
};

export const DefinitionFields = z.strictObject({ ...Quality, ...Typing }).superRefine((fields, context) => {
  for (const [path, message] of faults(fields)) context.addIssue({ code: 'custom', path: [path], message });
});

export const Definition = z.object({
  /** the path of its values: `attributes.size`, `phone` */
  attribute: z.string(),
  ...Quality,
  ...Typing,
  /** of a computed one, the job that computes it for the customers that existed before */
  job: z.string().optional(),
  updatedAt: Instant,
});
export type Definition = z.output<typeof Definition>;

/** custom attributes that need no definition: triggers write tags, contacts a company, visits their sources */
export const builtIn: readonly string[] = [
  'attributes.tags',
  'attributes.company',
  'attributes.firstTouch',
  'attributes.lastTouch',
];

const groups = ['address', 'identifiers'];

/** the attribute of a name: a standard field, else a custom attribute; undefined for an invalid name */
export const attributeNamed = (name: string): string | undefined => {
  if (standard.includes(name) || groups.includes(name)) return name;
  if (/^identifiers\.[\w-]{1,40}$/.test(name)) return name;
  const [, own] = /^(?:attributes\.)?([A-Za-z_][\w-]{0,63})$/.exec(name) ?? [];
  return own && own !== 'attributes' && own !== 'kind' && !unstorable({ [own]: 0 }).length
    ? `attributes.${own}`
    : undefined;
};

export const isCustom = (attribute: string) => attribute.startsWith('attributes.');

export const nameOf = ({ attribute }: Pick<Definition, 'attribute'>) =>
  isCustom(attribute) && attributeNamed(attribute.slice('attributes.'.length)) === attribute
    ? attribute.slice('attributes.'.length)
    : attribute;

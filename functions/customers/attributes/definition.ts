import * as z from 'zod';
import { Instant } from '../../shared/http/contract.ts';
import { unstorable } from '../../shared/http/storable.ts';
import { Duration } from '../../shared/time/duration.ts';
import { Computed } from './computed.ts';
import { standard } from './paths.ts';

export const types = [
  'text',
  'number',
  'integer',
  'boolean',
  'date',
  'instant',
  'enum',
  'list',
  'money',
  'url',
  'email',
  'phone',
  'json',
] as const;

const text = (most: number) => z.string().trim().min(1, 'is empty').max(most);
const Bound = z.union([z.number(), z.iso.date(), z.iso.datetime()]);

/** what can be said of a standard field: its type is its own */
export const Quality = {
  label: text(100).optional(),
  description: text(1000).optional(),
  required: z.boolean().default(false),
  accuracy: z.enum(['low', 'normal', 'high']).default('normal').describe('how soon a value stops being trusted'),
  freshness: Duration.optional().describe('how old a value may be, such as P180D'),
  classification: z.enum(['normal', 'confidential']).default('normal'),
  purpose: text(200).optional().describe('what it is kept for'),
  appliesTo: z.enum(['person', 'organisation']).optional(),
};

/** what only an attribute of one's own has */
export const Typing = {
  type: z.enum(types).optional().describe('needed for attributes of your own'),
  values: z.array(text(100)).min(1).max(500).optional().describe('of an enum or a list'),
  min: Bound.optional().describe('the least: of a text its length, of a list its count, of money its minor units'),
  max: Bound.optional(),
  pattern: text(100).optional().describe('of a text: * any characters, ? any one, # a digit, @ a letter'),
  indexed: z.boolean().default(false).describe('customers are found by its value'),
  computed: Computed.optional(),
};

const bounded: Partial<Record<(typeof types)[number], 'number' | 'string'>> = {
  text: 'number',
  number: 'number',
  integer: 'number',
  list: 'number',
  money: 'number',
  date: 'string',
  instant: 'string',
};

type Typed = { [name in keyof typeof Typing]?: z.output<(typeof Typing)[name]> };

const order = (bound: string | number) => (typeof bound === 'number' ? bound : Date.parse(bound));

/** what of a definition does not fit its type */
const faults = ({ type, values, min, max, pattern, indexed }: Typed): [path: string, message: string][] => {
  const found: [string, string][] = [];
  const kind = type && bounded[type];
  if (type === 'enum' && !values) found.push(['values', 'an enum needs values']);
  if (values && type !== 'enum' && type !== 'list') found.push(['values', 'belong with an enum or a list']);
  if (values && new Set(values).size < values.length) found.push(['values', 'name a value twice']);
  if (pattern !== undefined && type !== 'text') found.push(['pattern', 'belongs with a text']);
  if (indexed && (type === 'json' || type === 'money')) found.push(['indexed', `nobody is found by ${type}`]);
  for (const [name, bound] of Object.entries({ min, max })) {
    if (bound === undefined) continue;
    if (!kind) found.push([name, `does not belong with ${type ?? 'a standard field'}`]);
    else if (typeof bound !== kind) found.push([name, kind === 'number' ? 'is not a number' : 'is not a date']);
  }
  if (min !== undefined && max !== undefined && order(min) > order(max)) found.push(['max', 'is less than min']);
  return found;
};

/** what somebody says of an attribute */
export const DefinitionFields = z.strictObject({ ...Quality, ...Typing }).superRefine((said, context) => {
  for (const [path, message] of faults(said)) context.addIssue({ code: 'custom', path: [path], message });
});

/** What a company means by an attribute, and asks of its values. */
export const Definition = z.object({
  /** the path of its values: `attributes.size`, `phone` */
  attribute: z.string(),
  ...Quality,
  ...Typing,
  /** of a computed one, the job that goes through the customers there were when it was defined */
  job: z.string().optional(),
  updatedAt: Instant,
});
export type Definition = z.output<typeof Definition>;

/** what is kept of every customer whether declared or not: triggers write tags, first contacts a company */
export const builtIn: readonly string[] = ['attributes.tags', 'attributes.company'];

const groups = ['address', 'identifiers'];

/** the attribute that a definition's name stands for: a field of ours, else one of the company's own; undefined for no name */
export const namedAttribute = (name: string): string | undefined => {
  if (standard.includes(name) || groups.includes(name)) return name;
  if (/^identifiers\.[\w-]{1,40}$/.test(name)) return name;
  const [, own] = /^(?:attributes\.)?([A-Za-z_][\w-]{0,63})$/.exec(name) ?? [];
  return own && own !== 'attributes' && own !== 'kind' && !unstorable({ [own]: 0 }).length
    ? `attributes.${own}`
    : undefined;
};

export const isOwn = (attribute: string) => attribute.startsWith('attributes.');

/** the name of a definition, as in its path */
export const nameOf = ({ attribute }: Pick<Definition, 'attribute'>) =>
  isOwn(attribute) && namedAttribute(attribute.slice('attributes.'.length)) === attribute
    ? attribute.slice('attributes.'.length)
    : attribute;

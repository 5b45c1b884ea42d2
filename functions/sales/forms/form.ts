import * as z from 'zod';
import { Topic } from '../../../events/customer.ts';
import { idOf, LeadId } from '../../../events/ids.ts';
import { line, prose } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { plus } from '../../shared/time/duration.ts';

const FieldName = z
  .string()
  .regex(/^[A-Za-z]\w{0,39}$/, 'must be up to 40 letters, digits and _, beginning with a letter');

/** the parts of a lead that a field can fill; any other field is told in its interest */
export const Fills = z.enum(['name', 'email', 'phone', 'company', 'interest']);

const Field = z
  .strictObject({
    name: FieldName,
    label: line(200).optional(),
    type: z.enum(['text', 'email', 'phone', 'number', 'boolean', 'choice']).default('text'),
    required: z.boolean().default(false),
    options: z.array(line(200)).min(1).max(100).describe('of a choice').optional(),
    fills: Fills.describe('default: the part of the lead that has its name').optional(),
  })
  .refine(({ type, options }) => (type === 'choice') === (options !== undefined), {
    path: ['options'],
    message: 'belong to a choice, which needs them',
  });
export type Field = z.output<typeof Field>;

/** what a field fills */
export const fillsOf = ({ name, fills }: Field) => fills ?? Fills.safeParse(name).data;

export const FormFields = z.strictObject({
  name: line(200),
  fields: z
    .array(Field)
    .min(1)
    .max(50)
    .refine(all => new Set(all.map(({ name }) => name)).size === all.length, 'names a field twice')
    .refine(
      all => all.some(one => ['name', 'email'].includes(fillsOf(one) ?? '')),
      'needs a field for the name or e-mail',
    ),
  topics: z
    .array(Topic)
    .max(20)
    .default([])
    .describe('what a visitor can ask for by e-mail: it counts once the link in a mail to the address is used'),
  wording: prose(10_000).describe('the text beside those topics, kept as proof').optional(),
  honeypot: FieldName.default('website').describe('a field that people do not see: who fills it is no person'),
  source: line(200).describe('of its leads; default: form: and its name').optional(),
  origins: z
    .array(z.string().regex(/^https?:\/\/[\w.-]+(:\d+)?$/, 'is not an origin such as https://shop.example'))
    .max(50)
    .default([])
    .describe('the pages that may post to it; none: any'),
});

/** A form on a page of the company, which makes leads. */
export const Form = z.object({ id: idOf('form'), ...FormFields.shape, ...stamps });
export type Form = z.output<typeof Form>;

export const forms = entity('form', Form, { onErase: 'not-personal', lists: { all: { by: () => 'all' } } });

/** What was refused, without what was in it. */
export const Refusal = z.object({
  id: z.string(),
  formId: idOf('form'),
  at: Instant,
  reason: z.enum(['honeypot', 'origin', 'invalid']),
  faults: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Refusal = z.output<typeof Refusal>;

export const refusals = entity('form-refusal', Refusal, {
  onErase: 'not-personal',
  key: ({ formId, at, id }: Pick<Refusal, 'formId' | 'at' | 'id'>) => ({
    of: ['form', formId],
    part: `refusal#${at}#${id}`,
  }),
  expires: ({ at }) => plus(at, 'P30D'),
});

export const refusalParts = { from: 'refusal#', to: 'refusal$' };

/** What a visitor asked for whose customer is not identified yet; it is gone once the customer was asked. */
const Asked = z.object({
  id: LeadId,
  formId: idOf('form'),
  topics: z.array(Topic),
  at: Instant,
  version: z.literal(1),
});
export type Asked = z.output<typeof Asked>;

export const askedTopics = entity('form-topics', Asked, {
  onErase: 'not-personal',
  expires: ({ at }) => plus(at, 'P30D'),
});

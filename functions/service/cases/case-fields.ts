import * as z from 'zod';
import { CasePriority, CaseType } from '../../../events/case.ts';
import { CaseId, CustomerId } from '../../../events/ids.ts';
import { AgentId } from '../../assignment/agent.ts';
import { Key, LanguageTag, line, prose } from '../../shared/fields.ts';
import { Email } from '../../shared/text/email.ts';

export const CaseText = prose(20_000);

export const Tag = z.string().regex(/^[\w-]{1,64}$/, 'is up to 64 letters, digits, dashes and underscores');

/** values of the fields that a case type declares */
export const Attributes = z.record(
  z.string().regex(/^[A-Za-z_]\w{0,63}$/, 'is not a name of up to 64 letters, digits and underscores'),
  z.union([z.string().max(2000), z.number(), z.boolean()]),
);

export const CheckItem = z.strictObject({
  text: line(200),
  done: z.boolean().default(false),
  required: z.boolean().describe('Whether the case cannot be resolved before it is done.').default(false),
});

export const CaseFields = z.strictObject({
  customerId: CustomerId.optional(),
  from: z
    .strictObject({ email: Email, name: line(200) })
    .describe('The person who wrote; becomes a customer if no customer has the e-mail address.')
    .optional(),
  subject: line(300),
  description: CaseText.optional(),
  type: CaseType,
  channel: line(40).default('api'),
  language: LanguageTag.optional(),
  productId: line(128).optional(),
  category: line(60).optional(),
  priority: CasePriority.optional(),
  typeId: Key.describe('The case type with its fields, checklist and legal clock.').optional(),
  severity: line(40).describe('How bad it is, in the words of the company.').optional(),
  impact: line(40).describe('How much it concerns, in the words of the company.').optional(),
  assetId: line(128).optional(),
  parentId: CaseId.describe('The case that this one is a part of.').optional(),
  linked: z.array(CaseId).max(50).describe('Cases that have to do with it.').optional(),
  tags: z.array(Tag).max(50).optional(),
  attributes: Attributes.optional(),
  checklist: z.array(CheckItem).max(50).optional(),
  automatic: z
    .boolean()
    .describe('Whether a machine wrote it, such as an out-of-office reply; it is not acknowledged.')
    .default(false),
});

const { subject, severity, impact, assetId, productId, category, language, priority } = CaseFields.shape;

/** the fields of a case that staff change; null removes a value */
export const CasePatch = z.strictObject({
  subject: subject.optional(),
  category: category.unwrap().nullish(),
  priority,
  language: language.unwrap().nullish(),
  productId: productId.unwrap().nullish(),
  assetId: assetId.unwrap().nullish(),
  severity: severity.unwrap().nullish(),
  impact: impact.unwrap().nullish(),
  parentId: CaseId.nullish(),
  linked: CaseFields.shape.linked,
  tags: CaseFields.shape.tags,
  attributes: z.record(Attributes.keyType, Attributes.valueType.nullable()).optional(),
  checklist: CaseFields.shape.checklist,
});
export type CasePatch = z.output<typeof CasePatch>;

export const Target = z
  .strictObject({ agentId: AgentId.optional(), queue: Key.optional() })
  .refine(({ agentId, queue }) => Boolean(agentId) !== Boolean(queue), 'give either agentId or queue');
export type Target = z.output<typeof Target>;

import * as z from 'zod';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Instant } from '../../shared/http/contract.ts';
import type { CustomerSettings } from '../settings.ts';
import { VerifiedBy } from './provenance.ts';
import type { Writing } from './settle.ts';

export const Method = z.string().trim().min(1, 'is empty').max(100);

/** what a caller may say of where its values come from */
export const Said = z.strictObject({
  source: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:-]{0,79}$/, 'is a name such as erp or branch:jurong')
    .optional()
    .describe('the system that says so, where the caller passes it on; `api` unless said'),
  observedAt: Instant.optional().describe('when it was so; now unless said'),
  confidence: z.number().min(0).max(1).optional().describe('how sure the source is of it'),
  verified: z
    .strictObject({ by: VerifiedBy, method: Method.optional(), at: Instant.optional() })
    .optional()
    .describe('that the values were verified, by whom and how'),
});
export type Said = z.output<typeof Said>;

/** names under which we write ourselves */
const ours = /^(customer|unknown|merge|unmerge|computed)$|^(tracking|import|bulk|undo|hygiene):/;

/** clocks differ by as much */
const aheadMs = 300_000;

const faults = (now: string, { source, observedAt, verified }: Said): FieldError[] => {
  const ahead = (instant: string | undefined) =>
    instant !== undefined && Date.parse(instant) > Date.parse(now) + aheadMs;
  return [
    ...(source && ours.test(source)
      ? [{ path: 'provenance.source', message: 'is a name that only we write under' }]
      : []),
    ...(ahead(observedAt) ? [{ path: 'provenance.observedAt', message: 'is yet to come' }] : []),
    ...(ahead(verified?.at) ? [{ path: 'provenance.verified.at', message: 'is yet to come' }] : []),
  ];
};

/** The standing of an API call. What staff say themselves is decided; what they or machines pass on is held against what stands. */
export const writingOf = ({ now, actor }: Ctx, said: Said = {}, settings: CustomerSettings): Writing => {
  const errors = faults(now, said);
  if (errors.length) throw invalid(errors);
  const { source = 'api', observedAt } = said;
  const ownWord = said.source === undefined && observedAt === undefined;
  return { ...said, source, settings, decides: settings.staffOverrides && ownWord && actor.startsWith('user:') };
};

import * as z from 'zod';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { Instant } from '../../shared/http/contract.ts';
import type { Json } from '../../shared/json.ts';
import { toIso, toMs } from '../../shared/time/duration.ts';
import type { DateOrder } from '../../shared/time/parse-date.ts';
import type { Profile, StoredCustomer } from '../customer.ts';
import type { CustomerSettings } from '../settings.ts';
import type { Checks } from './defined-values.ts';
import { isComposedName } from './origins.ts';
import { valuesOf } from './paths.ts';
import { type Origin, type Verified, VerifiedBy } from './provenance.ts';

export const Method = z.string().trim().min(1, 'is empty').max(100);

export const GivenProvenance = z.strictObject({
  source: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:-]{0,79}$/, 'is not a name such as erp or branch:jurong')
    .optional()
    .describe('the system that the values come from; `api` by default'),
  observedAt: Instant.optional().describe('when the values were observed; now by default'),
  confidence: z.number().min(0).max(1).optional().describe('how sure the source is'),
  verified: z
    .strictObject({ by: VerifiedBy, method: Method.optional(), at: Instant.optional() })
    .optional()
    .describe('that the values were verified, by which person and how'),
});
export type GivenProvenance = z.output<typeof GivenProvenance>;

/** The origin of a write of a customer, and its precedence. */
export type Writing = {
  settings: CustomerSettings;
  source: string;
  observedAt?: string | undefined;
  verified?: (Omit<Verified, 'at'> & { at?: string | undefined }) | undefined;
  confidence?: number | undefined;
  decides?: boolean;
  /** the origin of single values that do not come from `source` */
  each?: (attribute: string, value: unknown) => Origin | undefined;
  checks?: Checks;
  /** the record was found by a user id that is only claimed to be its own: what identifies it stays */
  byClaim?: boolean;
  /** its values are texts of a file or a tracker, as people write them; how its dates are read */
  written?: DateOrder | undefined;
};

/** A change of a profile before it is decided which values apply. */
export type ProfileChange = {
  now: string;
  before: StoredCustomer;
  was: Profile;
  wanted: Profile;
  patch: Json;
  writing: Writing;
};

const reserved = /^(customer|unknown|merge|unmerge|computed)$|^(tracking|import|bulk|undo|hygiene):/;

const aheadMs = 300_000;

const faults = (now: string, { source, observedAt, verified }: GivenProvenance): FieldError[] => {
  const times = { observedAt, 'verified.at': verified?.at };
  const ahead = Object.entries(times).filter(([, at]) => at && Date.parse(at) > Date.parse(now) + aheadMs);
  return [
    ...(source && reserved.test(source) ? [{ path: 'provenance.source', message: 'is a reserved name' }] : []),
    ...ahead.map(([path]) => ({ path: `provenance.${path}`, message: 'is in the future' })),
  ];
};

/** The writing of an API request. Values that staff enter themselves apply; those from other systems must take precedence. */
export const writingOf = ({ now, actor }: Ctx, given: GivenProvenance = {}, settings: CustomerSettings): Writing => {
  const errors = faults(now, given);
  if (errors.length) throw invalid(errors);
  const { source = 'api', observedAt } = given;
  const entered = given.source === undefined && observedAt === undefined && actor.startsWith('user:');
  return { ...given, source, settings, decides: settings.staffOverrides && entered };
};

export const writtenOrigin = (now: string, { source, observedAt = now, verified, confidence }: Writing): Origin => {
  const upToNow = (instant: string) => toIso(Math.min(toMs(instant), toMs(now)));
  const at = upToNow(observedAt);
  return {
    source,
    observedAt: at,
    ...(verified ? { verified: { ...verified, at: verified.at === undefined ? at : upToNow(verified.at) } } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
};

export const valueOrigin = ({ now, writing }: ProfileChange, attribute: string, value: unknown): Origin =>
  writing.each?.(attribute, value) ?? writtenOrigin(now, writing);

/** the values of a profile; a name composed of its parts is not one */
export const ownValues = (profile: Profile) => {
  const values = valuesOf(profile);
  if (isComposedName(profile)) values.delete('name');
  return values;
};

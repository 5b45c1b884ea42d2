import * as z from 'zod';
import { Instant } from '../../shared/http/contract.ts';

export const VerifiedBy = z.enum(['customer', 'staff', 'third-party']);

const Verified = z.object({
  at: Instant,
  by: VerifiedBy,
  method: z.string().optional(),
});
export type Verified = z.output<typeof Verified>;

export const Origin = z.object({
  source: z.string(),
  observedAt: Instant,
  /** since when the value is as it is, where it was observed again later */
  since: Instant.optional(),
  verified: Verified.optional(),
  confidence: z.number().min(0).max(1).optional(),
});
export type Origin = z.output<typeof Origin>;

/** a key that stands in a page or an app, which anyone can read: it proves nothing */
export const isPublicSource = (source: string) => /^tracking:(?!server:|bus:)/.test(source);

/** whether only a public key says it */
export const isUnverified = ({ source, verified }: Origin) => isPublicSource(source) && !verified;

/** a value that does not apply, because another one takes precedence */
const ValueConflict = z.object({ attribute: z.string(), value: z.json(), origin: Origin, why: z.string() });
export type ValueConflict = z.output<typeof ValueConflict>;

/** a removal: a source of lower precedence does not bring the value back */
const RemovedValue = z.object({ attribute: z.string(), origin: Origin });
export type RemovedValue = z.output<typeof RemovedValue>;

/** Where a customer's values come from. It is part of the customer's own item: a record of one source costs one origin. */
export const Provenance = z.object({
  /** the first is the origin of every attribute that `from` does not name */
  origins: z.array(Origin),
  from: z.record(z.string(), z.int()).optional(),
  conflicts: z.array(ValueConflict).optional(),
  removed: z.array(RemovedValue).optional(),
});
export type Provenance = z.output<typeof Provenance>;

import * as z from 'zod';
import { Instant } from '../../shared/http/contract.ts';

export const VerifiedBy = z.enum(['customer', 'staff', 'third-party']);

export const Verified = z.object({
  at: Instant,
  by: VerifiedBy,
  /** how, such as a code by SMS or an identity card */
  method: z.string().optional(),
});
export type Verified = z.output<typeof Verified>;

/** Who said a value, when it was so, and who verified it. */
export const Origin = z.object({
  source: z.string(),
  observedAt: Instant,
  verified: Verified.optional(),
  /** how sure the source was itself, from 0 to 1 */
  confidence: z.number().min(0).max(1).optional(),
});
export type Origin = z.output<typeof Origin>;

/** a value that was said and does not stand, as another holds */
export const Kept = z.object({ attribute: z.string(), value: z.json(), origin: Origin, why: z.string() });
export type Kept = z.output<typeof Kept>;

/** a value that was taken away, and who did: it does not come back by a word of lower standing */
export const Gone = z.object({ attribute: z.string(), origin: Origin });
export type Gone = z.output<typeof Gone>;

/** Where a customer's values come from. It lies in the customer's own item: a record of one source costs one origin. */
export const Provenance = z.object({
  /** the first is of every attribute that `from` does not name */
  origins: z.array(Origin),
  from: z.record(z.string(), z.int()).optional(),
  kept: z.array(Kept).optional(),
  gone: z.array(Gone).optional(),
});
export type Provenance = z.output<typeof Provenance>;

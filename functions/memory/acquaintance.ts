import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';

/** Somebody of the staff who had to do with a customer. */
export const Acquaintance = z.object({
  actor: z.string(),
  events: z.int().describe('what of the timeline they did'),
  contacts: z.int().describe('of that, how often they were in contact'),
  firstAt: Instant,
  lastAt: Instant,
  lastContactAt: Instant.nullable(),
  last: z.object({ type: z.string(), about: z.string() }),
});
export type Acquaintance = z.output<typeof Acquaintance>;

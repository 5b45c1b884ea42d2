import * as z from 'zod';

export const Currency = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'is three letters, ISO 4217');

/** an amount in minor units (cents), with its ISO 4217 currency */
export const Money = z.strictObject({
  amount: z.int().min(0).max(1_000_000_000_000),
  currency: Currency,
});
export type Money = z.output<typeof Money>;

import * as z from 'zod';
import { stamps } from '../shared/http/contract.ts';
import { entity, main } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration } from '../shared/time/duration.ts';
import { Definition } from './attributes/definition.ts';

/** what decides between two values of an attribute, the first that tells them apart */
export const Criterion = z.enum(['verified', 'rank', 'confidence', 'recency']);
export type Criterion = z.output<typeof Criterion>;

const Order = z
  .array(Criterion)
  .min(1)
  .max(Criterion.options.length)
  .refine(order => new Set(order).size === order.length, 'names a criterion twice');

export const Source = z.strictObject({
  source: z
    .string()
    .regex(/^[A-Za-z0-9][\w .:-]{0,119}\*?$/, 'is a name such as erp, or the beginning of names such as import:*'),
  rank: z.int().min(0).max(1000).default(0).describe('a source of higher rank is believed against a lower one'),
  reliability: z.number().min(0).max(1).describe('how often what it says is so'),
});
export type Source = z.output<typeof Source>;

export const mostSources = 100;

/** what a company decides about whom it believes */
export const CustomerRules = z.strictObject({
  strictAttributes: z.boolean().default(false).describe('attributes that are not declared are refused'),
  sources: z
    .array(Source)
    .max(mostSources)
    .refine(all => new Set(all.map(({ source }) => source)).size === all.length, 'name a source twice')
    .default([]),
  survivorship: z
    .strictObject({
      order: Order.optional(),
      attributes: z
        .record(z.string().max(120), Order)
        .refine(all => Object.keys(all).length <= 100, 'are more than 100')
        .optional(),
    })
    .default({})
    .describe('in which order two values of an attribute are told apart, by attribute where it differs'),
  verifiedFor: Duration.default('P365D').describe('how long a verified value stands against others'),
  staffOverrides: z.boolean().default(true).describe('what staff say themselves stands whatever was said before'),
});
export type CustomerRules = z.output<typeof CustomerRules>;

/** What a company decides about its customer record, in one item: whatever writes a customer reads it once. */
export const CustomerSettings = z.object({
  ...CustomerRules.shape,
  definitions: z.array(Definition),
  version: stamps.version,
});
export type CustomerSettings = z.output<typeof CustomerSettings>;

export const customerSettings = entity('customer-settings', CustomerSettings, {
  onErase: 'not-personal',
  key: (_: object) => ({ of: ['settings', 'customers'], part: main }),
});

/** what holds until somebody sets any */
export const unset: CustomerSettings = { ...CustomerRules.parse({}), definitions: [], version: 0 };

/** the settings, or what holds until somebody sets any */
export const settingsOf = async (store: Store): Promise<CustomerSettings> => ({
  ...unset,
  ...(await store.get(customerSettings, {})),
});

import * as z from 'zod';
import { customerSettingsChanged } from '../../events/provenance.ts';
import { Country } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { settings } from '../shared/store/settings.ts';
import { Duration } from '../shared/time/duration.ts';
import { Definition } from './attributes/definition.ts';

/** what decides between two values of an attribute, in order of preference */
const Criterion = z.enum(['verified', 'rank', 'confidence', 'recency']);
export type Criterion = z.output<typeof Criterion>;

const Order = z
  .array(Criterion)
  .min(1)
  .max(Criterion.options.length)
  .refine(order => new Set(order).size === order.length, 'contains a criterion twice');

const Source = z.strictObject({
  source: z.string().regex(/^[A-Za-z0-9][\w .:-]{0,119}\*?$/, 'is not a name such as erp or a prefix such as import:*'),
  rank: z.int().min(0).max(1000).default(0).describe('values of a source of higher rank take precedence'),
  reliability: z.number().min(0).max(1).describe('the share of its values that are correct'),
});
export type Source = z.output<typeof Source>;

const mostSources = 100;

const defaults = {
  strictAttributes: false,
  sources: [],
  survivorship: {},
  verifiedFor: 'P365D',
  staffOverrides: true,
};

export const SourceRules = z.strictObject({
  strictAttributes: z.boolean().default(defaults.strictAttributes).describe('refuse attributes without a definition'),
  sources: z
    .array(Source)
    .max(mostSources)
    .refine(all => new Set(all.map(({ source }) => source)).size === all.length, 'contain a source twice')
    .default(defaults.sources),
  survivorship: z
    .strictObject({
      order: Order.optional(),
      attributes: z
        .record(z.string().max(120), Order)
        .refine(all => Object.keys(all).length <= 100, 'are more than 100')
        .optional(),
    })
    .default(defaults.survivorship)
    .describe('the criteria that decide between two values, and those of single attributes'),
  defaultCountry: Country.optional().describe(
    'of national phone numbers where neither the record nor the file names a country',
  ),
  verifiedFor: Duration.default(defaults.verifiedFor).describe('how long a verified value takes precedence'),
  staffOverrides: z
    .boolean()
    .default(defaults.staffOverrides)
    .describe('values that staff enter themselves always apply'),
});
export type SourceRules = z.output<typeof SourceRules>;

/** Source rules and attribute definitions, in one item: every write of a customer reads it. */
export const CustomerSettings = z.object({
  ...SourceRules.shape,
  definitions: z.array(Definition),
  version: stamps.version,
});
export type CustomerSettings = z.output<typeof CustomerSettings>;

export const defaultSettings: CustomerSettings = { ...defaults, definitions: [], version: 0 };

export const customerSettings = settings('customer', CustomerSettings, {
  untilSet: () => defaultSettings,
  changed: customerSettingsChanged,
});

export const settingsOf = customerSettings.of;

export const settingsChange = (before: CustomerSettings, changed: Partial<CustomerSettings>) =>
  customerSettings.changed(before, { ...before, ...changed });

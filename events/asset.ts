import * as z from 'zod';
import { event } from './define.ts';
import { CustomerId } from './ids.ts';

const day = z.iso.date();

const Told = z.object({
  name: z.string(),
  model: z.string().optional(),
  productId: z.string().optional(),
  serial: z.string().optional(),
  vin: z.string().optional(),
  status: z.enum(['active', 'sold', 'scrapped']),
});
const asset = { name: 'Volt 7', model: 'Volt', vin: '1M8GDM9AXKP042788', status: 'active' } as const;
const other = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

export const Reading = z.object({ value: z.number(), unit: z.string(), readOn: day });

export const assetRegistered = event('customers', 'asset.registered', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'it is known that a customer has a certain thing, such as a car with its number',
  data: () => Told,
  example: asset,
});

export const assetChanged = event('customers', 'asset.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what is known of a customer’s asset has changed',
  data: () =>
    Told.extend({ changes: z.array(z.object({ attribute: z.string(), from: z.unknown(), to: z.unknown() })) }),
  example: { ...asset, status: 'sold', changes: [{ attribute: 'status', from: 'active', to: 'sold' }] },
});

export const assetRemoved = event('customers', 'asset.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an asset was taken back: the customer never had it',
  data: () => Told,
  example: asset,
});

export const assetTransferred = event('customers', 'asset.transferred', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an asset has another owner; told on both timelines',
  data: () => Told.extend({ from: CustomerId, to: CustomerId, on: day }),
  example: { ...asset, from: other, to: other, on: '2026-11-22' },
});

export const readingRecorded = event('customers', 'reading.recorded', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'the meter of an asset was read; `about` is the asset',
  data: () => z.object({ name: z.string(), reading: Reading, was: Reading.optional(), corrects: z.boolean() }),
  example: { name: 'Volt 7', reading: { value: 15_200, unit: 'km', readOn: '2026-11-22' }, corrects: false },
});

export const assetDue = event('timers', 'asset.due', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'the time that an asset’s warranty or service was watched for has come; what follows depends on the asset',
  data: () => z.object({ what: z.enum(['warranty', 'service']), on: day }),
  example: { what: 'warranty', on: '2027-01-31' },
});

export const warrantyEnding = event('customers', 'warranty.ending', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'the warranty of a customer’s asset ends in 30 days; `about` is the asset',
  data: () => Told.extend({ until: day }),
  example: { ...asset, until: '2027-01-31' },
});

export const serviceDue = event('customers', 'service.due', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'the service plan of a customer’s asset wants it looked after; `about` is the asset',
  data: () => Told.extend({ plan: z.string(), on: day, why: z.enum(['time', 'usage']) }),
  example: { ...asset, plan: 'Care', on: '2027-01-31', why: 'time' },
});

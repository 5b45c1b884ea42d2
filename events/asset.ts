import * as z from 'zod';
import { Changes } from './customer.ts';
import { byStaff, bySystem, event, internal } from './define.ts';
import { CustomerId } from './ids.ts';

const day = z.iso.date();

const Data = z.object({
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

export const assetRegistered = event('customers', 'asset.registered', byStaff, {
  summary: 'an item that a customer owns, such as a car, was registered',
  data: () => Data,
  example: asset,
});

export const assetChanged = event('customers', 'asset.changed', byStaff, {
  summary: 'an asset was changed',
  data: () => Data.extend({ changes: Changes }),
  example: { ...asset, status: 'sold', changes: [{ attribute: 'status', from: 'active', to: 'sold' }] },
});

export const assetRemoved = event('customers', 'asset.removed', byStaff, {
  summary: 'an asset that was registered by mistake was deleted',
  data: () => Data,
  example: asset,
});

export const assetTransferred = event('customers', 'asset.transferred', byStaff, {
  summary: 'an asset was transferred to another customer; on both timelines',
  data: () => Data.extend({ from: CustomerId, to: CustomerId, on: day }),
  example: { ...asset, from: other, to: other, on: '2026-11-22' },
});

export const readingRecorded = event('customers', 'reading.recorded', byStaff, {
  summary: 'a meter reading of an asset was recorded; `about` is the asset',
  data: () => z.object({ name: z.string(), reading: Reading, was: Reading.optional(), corrects: z.boolean() }),
  example: { name: 'Volt 7', reading: { value: 15_200, unit: 'km', readOn: '2026-11-22' }, corrects: false },
});

export const assetDue = event('timers', 'asset.due', internal, {
  summary: 'the day of an end of warranty or a service has come; what follows depends on the asset',
  data: () => z.object({ what: z.enum(['warranty', 'service']), on: day }),
  example: { what: 'warranty', on: '2027-01-31' },
});

export const warrantyEnding = event('customers', 'warranty.ending', bySystem, {
  summary: 'the warranty of an asset ends in 30 days; `about` is the asset',
  data: () => Data.extend({ until: day }),
  example: { ...asset, until: '2027-01-31' },
});

export const serviceDue = event('customers', 'service.due', bySystem, {
  summary: 'an asset is due for service by its service plan; `about` is the asset',
  data: () => Data.extend({ plan: z.string(), on: day, why: z.enum(['time', 'usage']) }),
  example: { ...asset, plan: 'Care', on: '2027-01-31', why: 'time' },
});

import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { Day, line } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Asset, AssetFields, Reading, Usage } from './asset.ts';
import { Vin } from './vin.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;
const customerId = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
const taken = ['asset.serial-taken', 'asset.vin-taken'];

const { name, status, warranty, servicePlan, ...fields } = AssetFields.shape;
const plan = servicePlan.unwrap().shape;

export const assetRoutes = {
  registerAsset: route('POST /v1/assets', {
    summary: 'Register a certain thing that a customer has, such as a car with its number',
    ...write,
    body: z.strictObject({ customerId: CustomerId, ...AssetFields.shape, usage: Usage.optional() }),
    reply: Asset,
    status: 201,
    location: ({ id }) => `/v1/assets/${id}`,
    errors: ['customer.not-found', ...taken],
    example: {
      customerId,
      name: 'Volt 7',
      maker: 'Auto Inc.',
      vin: '1M8GDM9AXKP042788',
      acquiredOn: '2024-01-31',
      warranty: { until: '2027-01-31' },
      servicePlan: { name: 'Care', everyMonths: 12, everyUsage: 15_000 },
      usage: { value: 12, unit: 'km', readOn: '2024-01-31' },
    },
  }),
  findAssets: route('GET /v1/assets', {
    summary: 'Find assets by serial number or VIN, or those of a customer',
    ...read,
    query: z.strictObject({
      customerId: CustomerId.optional(),
      serial: line(100).optional(),
      vin: Vin.optional(),
      status: status.unwrap().optional(),
      ...paging,
    }),
    reply: page(Asset),
  }),
  readAsset: route('GET /v1/assets/{id}', { summary: 'Read an asset', ...read, reply: Asset }),
  changeAsset: route('PATCH /v1/assets/{id}', {
    summary: 'Change what is known of an asset (JSON Merge Patch)',
    ...write,
    body: z.strictObject({
      name: name.optional(),
      status: status.unwrap().optional(),
      warranty: z.strictObject(nullableFields(warranty.unwrap().shape)).nullish(),
      servicePlan: z.strictObject(nullableFields(plan)).nullish(),
      ...nullableFields(fields),
    }),
    reply: Asset,
    errors: taken,
    example: { status: 'sold', servicePlan: { lastOn: '2026-11-22', lastUsage: 15_200 } },
  }),
  removeAsset: route('DELETE /v1/assets/{id}', {
    summary: 'Take back an asset that the customer never had, with its readings',
    ...write,
    reply: Asset,
    errors: ['asset.has-history'],
  }),
  recordReading: route('POST /v1/assets/{id}/readings', {
    summary: 'Record what an asset’s meter shows; less than before only where it `corrects` that',
    ...write,
    body: z.strictObject({ ...Usage.shape, readOn: Day.optional(), corrects: z.boolean().optional() }),
    reply: Asset,
    status: 201,
    example: { value: 15_200, unit: 'km', readOn: '2026-11-22' },
    location: ({ id }) => `/v1/assets/${id}/readings`,
  }),
  listReadings: route('GET /v1/assets/{id}/readings', {
    summary: 'What an asset’s meter showed, latest first',
    ...read,
    query: z.strictObject(paging),
    reply: page(Reading.omit({ assetId: true })),
  }),
  transferAsset: route('POST /v1/assets/{id}/transfer', {
    summary: 'Give an asset to another customer; both timelines tell of it',
    ...write,
    body: z.strictObject({ to: CustomerId, on: Day.optional() }),
    reply: Asset,
    errors: ['customer.not-found', 'asset.same-owner', 'asset.scrapped'],
    example: { to: customerId, on: '2026-11-22' },
  }),
};

import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { nullableFields } from '../customers/customer.ts';
import { customerNotFound } from '../customers/errors.ts';
import { Day, line } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { Asset, AssetFields, Reading, Usage } from './asset.ts';
import { assetHasHistory, assetScrapped, sameOwner, serialTaken, vinTaken } from './errors.ts';
import { Vin } from './vin.ts';

const read = { scope: 'assets.read' } as const;
const write = { scope: 'assets.write' } as const;
const customerId = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
const taken = [serialTaken, vinTaken];

const { name, status, warranty, servicePlan, ...fields } = AssetFields.shape;
const plan = servicePlan.unwrap().shape;

/** an asset as its customer sees it */
export const MyAsset = Asset.omit({ customerId: true, attributes: true, soldBy: true, vinChecks: true });

export const assetRoutes = {
  registerAsset: route('POST /v1/assets', {
    summary: 'Register an item that a customer owns, such as a car',
    ...write,
    body: z.strictObject({ customerId: CustomerId, ...AssetFields.shape, usage: Usage.optional() }),
    reply: Asset,
    ...creates('/v1/assets'),
    errors: [customerNotFound, ...taken],
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
    summary: 'List the assets of a customer, or find one by serial number or VIN',
    ...read,
    ...lists(Asset, {
      customerId: CustomerId.optional(),
      serial: line(100).optional(),
      vin: Vin.optional(),
      status: status.unwrap().optional(),
    }),
  }),
  listMyAssets: route('GET /v1/me/assets', {
    summary: 'List the items that the customer owns, with their warranties and service plans',
    auth: 'customer',
    ...lists(MyAsset),
  }),
  readAsset: route('GET /v1/assets/{id}', { summary: 'Read an asset', ...read, reply: Asset }),
  changeAsset: route('PATCH /v1/assets/{id}', {
    summary: 'Change an asset (JSON Merge Patch)',
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
    summary: 'Delete an asset that was registered by mistake, with its readings',
    ...write,
    reply: Asset,
    errors: [assetHasHistory],
  }),
  transferAsset: route('POST /v1/assets/{id}/transfer', {
    summary: 'Transfer an asset to another customer; both timelines show it',
    ...write,
    body: z.strictObject({ to: CustomerId, on: Day.optional() }),
    reply: Asset,
    errors: [customerNotFound, sameOwner, assetScrapped],
    example: { to: customerId, on: '2026-11-22' },
  }),
};

export const readingRoutes = {
  recordReading: route('POST /v1/assets/{id}/readings', {
    summary: 'Record a meter reading of an asset; `corrects` accepts one that contradicts earlier readings',
    ...write,
    body: z.strictObject({ ...Usage.shape, readOn: Day.optional(), corrects: z.boolean().optional() }),
    reply: Asset,
    status: 201,
    example: { value: 15_200, unit: 'km', readOn: '2026-11-22' },
    location: ({ id }) => `/v1/assets/${id}/readings`,
  }),
  listReadings: route('GET /v1/assets/{id}/readings', {
    summary: 'List the meter readings of an asset, latest first',
    ...read,
    ...lists(Reading.omit({ assetId: true })),
  }),
};

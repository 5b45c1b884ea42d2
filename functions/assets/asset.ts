import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Attributes } from '../customers/customer.ts';
import { Day, line } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { serialTaken, vinTaken } from './errors.ts';
import { Vin } from './vin.ts';

const Amount = z.number().min(0).max(1e12);

/** a meter reading */
export const Usage = z.strictObject({ value: Amount, unit: line(20), readOn: Day });

const ServicePlan = z.strictObject({
  name: line(100),
  until: Day.optional(),
  everyMonths: z.int().min(1).max(240).optional(),
  everyUsage: z.number().positive().max(1e12).optional().describe('in the unit of the readings'),
  lastOn: Day.optional().describe('day of the last service; default: the day of acquisition'),
  lastUsage: Amount.optional(),
});

export const AssetFields = z.strictObject({
  name: line(200),
  productId: line(128).optional(),
  maker: line(100).optional(),
  model: line(100).optional(),
  serial: line(100).describe('unique per maker').optional(),
  vin: Vin.describe('unique').optional(),
  acquiredOn: Day.optional(),
  soldBy: line(200).optional(),
  warranty: z.strictObject({ until: Day, terms: line(2000).optional() }).optional(),
  servicePlan: ServicePlan.optional(),
  status: z.enum(['active', 'sold', 'scrapped']).optional(),
  attributes: Attributes.optional(),
});

/** An individual item that a customer owns, such as a car. */
export const Asset = z.object({
  id: idOf('asset'),
  customerId: CustomerId,
  ...AssetFields.shape,
  status: AssetFields.shape.status.unwrap(),
  /** the latest reading */
  usage: Usage.optional(),
  vinChecks: z
    .enum(['right', 'wrong', 'none'])
    .describe('result of the check digit; none: the VIN has none')
    .optional(),
  ...stamps,
});
export type Asset = z.output<typeof Asset>;

export const StoredAsset = Asset.extend({
  /** the end of warranty that `warranty.ending` was last emitted for */
  warrantyNotified: Day.optional(),
  /** the next service day: a timer for another day is outdated */
  serviceOn: Day.optional(),
});
export type StoredAsset = z.output<typeof StoredAsset>;

/** a serial number without its spelling */
export const serialKey = (serial: string) => serial.toUpperCase().replace(/[\s-]/g, '');

export const assets = entity('asset', StoredAsset, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  fact: { record: 'asset', shown: Asset, nouns: ['asset', 'reading', 'warranty', 'service'] },
  unique: {
    serial: {
      taken: serialTaken,
      of: ({ maker = '', serial }) => serial && `${serialKey(maker)}#${serialKey(serial)}`,
    },
    vin: { taken: vinTaken, of: ({ vin }) => vin },
  },
  entries: { serial: { of: ({ serial }) => [serial && serialKey(serial)] } },
});

export const Reading = z.object({
  id: idOf('reading'),
  assetId: idOf('asset'),
  ...Usage.shape,
  /** accepted although other readings contradict it */
  corrects: z.boolean(),
  by: z.string(),
});
export type Reading = z.output<typeof Reading>;

/** parts of their asset, by day */
export const readings = entity('reading', Reading, {
  onErase: 'delete',
  area: 'assets',
  key: ({ assetId, readOn, id }: { assetId: string; readOn: string; id: string }) => ({
    of: ['asset', assetId],
    part: `reading#${readOn}#${id}`,
  }),
});

export const readingParts = { from: 'reading#', to: 'reading$' };

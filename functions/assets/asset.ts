import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Attributes } from '../customers/customer.ts';
import { Day, line } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { Vin } from './vin.ts';

const Amount = z.number().min(0).max(1e12);

/** what a meter shows */
export const Usage = z.strictObject({ value: Amount, unit: line(20), readOn: Day });

const ServicePlan = z.strictObject({
  name: line(100),
  until: Day.optional(),
  everyMonths: z.int().min(1).max(240).optional(),
  everyUsage: z.number().positive().max(1e12).optional().describe('in the unit of its readings'),
  lastOn: Day.optional().describe('when it was last looked after; counted from when it was acquired unless said'),
  lastUsage: Amount.optional(),
});

/** what is said of an asset and may change */
export const AssetFields = z.strictObject({
  name: line(200),
  productId: line(128).optional(),
  maker: line(100).optional(),
  model: line(100).optional(),
  serial: line(100).describe('unique with its maker').optional(),
  vin: Vin.describe('unique').optional(),
  acquiredOn: Day.optional(),
  soldBy: line(200).optional(),
  warranty: z.strictObject({ until: Day, terms: line(2000).optional() }).optional(),
  servicePlan: ServicePlan.optional(),
  status: z.enum(['active', 'sold', 'scrapped']).optional(),
  attributes: Attributes.optional(),
});

/** A certain thing that a customer has, such as a car with its number. */
export const Asset = z.object({
  id: idOf('asset'),
  customerId: CustomerId,
  ...AssetFields.shape,
  status: AssetFields.shape.status.unwrap(),
  /** the latest reading */
  usage: Usage.optional(),
  vinChecks: z.enum(['right', 'wrong', 'none']).describe('what the check digit says; none: it need not').optional(),
  ...stamps,
});
export type Asset = z.output<typeof Asset>;

export const StoredAsset = Asset.extend({
  /** the end of the warranty that was last told of */
  warrantyTold: Day.optional(),
  /** when its plan next wants it looked after: a timer for any other day is of a plan before */
  serviceOn: Day.optional(),
});
export type StoredAsset = z.output<typeof StoredAsset>;

/** a number however it was written */
export const serialKey = (serial: string) => serial.toUpperCase().replace(/[\s-]/g, '');

export const assets = entity('asset', StoredAsset, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  unique: {
    serial: {
      code: 'asset.serial-taken',
      of: ({ maker = '', serial }) => serial && `${serialKey(maker)}#${serialKey(serial)}`,
    },
    vin: { code: 'asset.vin-taken', of: ({ vin }) => vin },
  },
  entries: { serial: { of: ({ serial }) => [serial && serialKey(serial)] } },
});

/** what events tell of an asset */
export const told = ({ name, model, productId, serial, vin, status }: Asset) => ({
  name,
  model,
  productId,
  serial,
  vin,
  status,
});

export const Reading = z.object({
  id: idOf('reading'),
  assetId: idOf('asset'),
  ...Usage.shape,
  /** it counts although it is not what the others would lead to */
  corrects: z.boolean(),
  by: z.string(),
});
export type Reading = z.output<typeof Reading>;

/** they lie with their asset, by their days */
export const readings = entity('reading', Reading, {
  onErase: 'delete',
  area: 'assets',
  key: ({ assetId, readOn, id }: { assetId: string; readOn: string; id: string }) => ({
    of: ['asset', assetId],
    part: `reading#${readOn}#${id}`,
  }),
});

export const readingParts = { from: 'reading#', to: 'reading$' };

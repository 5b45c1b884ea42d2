import { problem } from '../shared/http/api-error.ts';

export const serialTaken = problem(
  'conflict',
  'asset.serial-taken',
  'Another asset has this maker and serial number. Change that asset.',
);
export const vinTaken = problem('conflict', 'asset.vin-taken', 'Another asset has this VIN. Change that asset.');
export const assetHasHistory = problem(
  'conflict',
  'asset.has-history',
  'The asset has too many readings. Set its status to sold or scrapped.',
);
export const sameOwner = problem('conflict', 'asset.same-owner', 'The asset already belongs to this customer.');
export const assetScrapped = problem('conflict', 'asset.scrapped', 'A scrapped asset cannot be transferred.');

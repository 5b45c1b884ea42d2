import { conflict } from '../shared/http/api-error.ts';

export const serialTaken = conflict(
  'asset.serial-taken',
  'Another asset has this maker and serial number. Change that asset.',
);
export const vinTaken = conflict('asset.vin-taken', 'Another asset has this VIN. Change that asset.');
export const assetHasHistory = conflict(
  'asset.has-history',
  'The asset has too many readings. Set its status to sold or scrapped.',
);
export const sameOwner = conflict('asset.same-owner', 'The asset already belongs to this customer.');
export const assetScrapped = conflict('asset.scrapped', 'A scrapped asset cannot be transferred.');

import { problem } from '../shared/http/api-error.ts';

export const serialTaken = problem(
  'conflict',
  'asset.serial-taken',
  'Another asset of this maker has the serial number. Use the asset named in `holder`.',
);
export const vinTaken = problem(
  'conflict',
  'asset.vin-taken',
  'Another asset has the VIN. Use the asset named in `holder`.',
);
export const assetHasHistory = problem(
  'conflict',
  'asset.has-history',
  'The asset has too many readings to be deleted. Set its status to sold or scrapped.',
);
export const sameOwner = problem('conflict', 'asset.same-owner', 'The asset already belongs to this customer.');
export const assetScrapped = problem(
  'conflict',
  'asset.scrapped',
  'A scrapped asset cannot be transferred. Set its status to active first.',
);

import { serve } from '../shared/http/serve.ts';
import { changeAsset } from './change-asset.ts';
import { routes } from './contract.ts';
import { findAssets } from './find-assets.ts';
import { listReadings } from './list-readings.ts';
import { readAsset } from './read-asset.ts';
import { recordReading } from './record-reading.ts';
import { registerAsset } from './register-asset.ts';
import { removeAsset } from './remove-asset.ts';
import { transferAsset } from './transfer-asset.ts';

export const handler = serve(routes, {
  changeAsset,
  findAssets,
  listReadings,
  readAsset,
  recordReading,
  registerAsset,
  removeAsset,
  transferAsset,
});

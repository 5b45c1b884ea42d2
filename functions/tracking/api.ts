import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { createWriteKey } from './create-write-key.ts';
import { inlets, pixels } from './inlets.ts';
import { listDropped } from './list-dropped.ts';
import { listRejections } from './list-rejections.ts';
import { listWriteKeys } from './list-write-keys.ts';
import { putTrackingSettings } from './put-tracking-settings.ts';
import { readProjectSettings } from './read-project-settings.ts';
import { readTrackingSettings } from './read-tracking-settings.ts';
import { revokeWriteKey } from './revoke-write-key.ts';
import { takePixel } from './take-pixel.ts';
import { takePost } from './take-post.ts';

const posts = Object.entries(inlets).map(([name, { path, takes }]) => [name, takePost(path, takes)]);
const images = Object.entries(pixels).map(([name, { path, takes }]) => [name, takePixel(path, takes)]);

export const handler = serve(routes, {
  createWriteKey,
  listWriteKeys,
  revokeWriteKey,
  listRejections,
  readTrackingSettings,
  putTrackingSettings,
  listDropped,
  readProjectSettings,
  ...Object.fromEntries([...posts, ...images]),
});

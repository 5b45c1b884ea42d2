import { serve } from '../shared/serve.ts';
import { routes } from './contract.ts';
import { createWriteKey } from './create-write-key.ts';
import { inlets, pixels } from './inlets.ts';
import { listRejections } from './list-rejections.ts';
import { listWriteKeys } from './list-write-keys.ts';
import { readProjectSettings } from './read-project-settings.ts';
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
  readProjectSettings,
  ...Object.fromEntries([...posts, ...images]),
});

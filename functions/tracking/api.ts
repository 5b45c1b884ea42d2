import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { endpoints, pixels } from './endpoints.ts';
import { ingestPixel, ingestPost } from './ingest-http.ts';
import { managementHandlers } from './management.ts';

const posts = Object.entries(endpoints).map(([name, { path, accepts }]) => [name, ingestPost(path, accepts)]);
const images = Object.entries(pixels).map(([name, { path, accepts }]) => [name, ingestPixel(path, accepts)]);

export const handler = serve(routes, { ...managementHandlers, ...Object.fromEntries([...posts, ...images]) });

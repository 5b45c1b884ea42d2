import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as contexts from '../functions/contexts.ts';
import type { ServedFiles } from '../functions/reference/served.ts';
import { docsPage, docsPolicy, docsScript } from './docs-page.ts';
import { operationsOf } from './openapi/operations.ts';
import { openapi } from './openapi.ts';

const { resolve } = createRequire(import.meta.url);
const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
  version: string;
};

const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('base64url').slice(0, 16);

/** a file whose name holds its hash never changes; of every other one the caller asks whether it has */
const caching = { hashed: 'public, max-age=31536000, immutable', asked: 'public, max-age=0, must-revalidate' };

const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** Redoc without the one picture that it loads from elsewhere; the words beside it stay */
const redoc = () =>
  readFileSync(resolve('redoc/bundles/redoc.standalone.js'), 'utf8').replaceAll(
    /https:\/\/cdn\.redoc\.ly\/[\w./-]+\.svg/g,
    'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E',
  );

/** The files of the reference's function: the document, the page, its scripts, and the list of where each is served. */
export const referenceFiles = (): Record<string, string | Buffer> => {
  const files: Record<string, string | Buffer> = {};
  const served: ServedFiles['files'] = {};
  const serve = (path: string, content: string | Buffer, headers: Record<string, string>) => {
    const hash = hashOf(content);
    files[`${hash}.gz`] = gzipSync(content);
    served[path] = { body: `${hash}.gz`, headers: { ...common, ...headers, etag: `"${hash}"` } };
  };
  const script = (name: string, content: string | Buffer) => {
    const path = `/docs/${name}-${hashOf(content)}.js`;
    serve(path, content, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': caching.hashed });
    return path;
  };

  const scripts = [script('redoc', redoc()), script('start', docsScript())];
  serve('/docs', docsPage('Rapport API', scripts), {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': caching.asked,
    'content-security-policy': docsPolicy,
  });
  serve('/openapi.json', JSON.stringify(openapi(contexts, version)), {
    'content-type': 'application/json',
    'cache-control': caching.asked,
  });
  serve('/health', '{"status":"ok"}', { 'content-type': 'application/json', 'cache-control': 'no-store' });
  const list: ServedFiles = { files: served, routes: operationsOf(contexts).map(({ route }) => route.key) };
  return { ...files, 'files.json': JSON.stringify(list) };
};

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as contexts from '../functions/contexts.ts';
import type { ServedFiles } from '../functions/reference/serve-files.ts';
import pkg from '../package.json' with { type: 'json' };
import options from './docs/text/reference-options.json' with { type: 'json' };
import { operationsOf } from './openapi/operations.ts';
import { openapi } from './openapi.ts';

const { resolve } = createRequire(import.meta.url);

const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('base64url').slice(0, 16);

const json = { 'content-type': 'application/json' };
const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };
const revalidated = { 'cache-control': 'public, max-age=0, must-revalidate' };
const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** the page loads nothing from other hosts, whatever its scripts try */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Redoc without its only picture of another host */
const redoc = () =>
  readFileSync(resolve('redoc/bundles/redoc.standalone.js'), 'utf8').replaceAll(
    /https:\/\/cdn\.redoc\.ly\/[\w./-]+\.svg/g,
    'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E',
  );

// a file of its own: the policy forbids inline scripts
const start = `Redoc.init('/openapi.json', ${JSON.stringify(options)}, document.getElementById('reference'));\n`;

/** The files of the reference's function: the document, the page, its scripts, and the list of where each is served. */
export const referenceFiles = (): Record<string, string | Buffer> => {
  const contents: Record<string, string | Buffer> = {};
  const files: ServedFiles['files'] = {};
  const serve = (path: string, content: string | Buffer, headers: Record<string, string>) => {
    const hash = hashOf(content);
    contents[`${hash}.gz`] = gzipSync(content);
    files[path] = { body: `${hash}.gz`, headers: { ...common, ...headers, etag: `"${hash}"` } };
  };
  const scripts = Object.entries({ redoc: redoc(), start }).map(([name, content]) => {
    const path = `/docs/${name}-${hashOf(content)}.js`;
    serve(path, content, { 'content-type': 'text/javascript; charset=utf-8', ...immutable });
    return `<script src="${path}"></script>`;
  });
  const page = readFileSync(join(import.meta.dirname, 'docs/text/reference.html'), 'utf8');
  const html = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  serve('/docs', page.replace('<!-- scripts -->', scripts.join('\n')), { ...html, ...revalidated });
  serve('/openapi.json', JSON.stringify(openapi(contexts, pkg.version)), { ...json, ...revalidated });
  serve('/health', '{"status":"ok"}', { ...json, 'cache-control': 'no-store' });
  const list: ServedFiles = { files, routes: operationsOf(contexts).map(({ route }) => route.key) };
  return { ...contents, 'files.json': JSON.stringify(list) };
};

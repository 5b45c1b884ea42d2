import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as contexts from '../functions/contexts.ts';
import type { ServedFiles } from '../functions/reference/serve-files.ts';
import pkg from '../package.json' with { type: 'json' };
import { operationsOf } from './openapi/operations.ts';
import { openapi } from './openapi.ts';
import { type Document, pagesOf } from './reference/pages.ts';

const hashOf = (content: string | Buffer) => createHash('sha256').update(content).digest('base64url').slice(0, 16);

const json = { 'content-type': 'application/json' };
const immutable = { 'cache-control': 'public, max-age=31536000, immutable' };
const revalidated = { 'cache-control': 'public, max-age=0, must-revalidate' };
const common = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

/** the pages load nothing from other hosts */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const text = (name: string) => readFileSync(join(import.meta.dirname, 'reference/text', name), 'utf8');

/** The files of the reference's function: the document, the page, its scripts, and the list of where each is served. */
export const referenceFiles = (): Record<string, string | Buffer> => {
  const contents: Record<string, string | Buffer> = {};
  const files: ServedFiles['files'] = {};
  const serve = (path: string, content: string | Buffer, headers: Record<string, string>) => {
    const hash = hashOf(content);
    contents[`${hash}.gz`] = gzipSync(content);
    files[path] = { body: `${hash}.gz`, headers: { ...common, ...headers, etag: `"${hash}"` } };
  };
  const document = openapi(contexts, pkg.version);
  const { pages, search } = pagesOf(document as unknown as Document);
  const linked = (name: string, content: string, type: string) => {
    const [base, ending] = name.split('.');
    const path = `/docs/${base}-${hashOf(content)}.${ending}`;
    serve(path, content, { 'content-type': `${type}; charset=utf-8`, ...immutable });
    return path;
  };
  const style = linked('reference.css', text('reference.css'), 'text/css');
  const script = linked(
    'search.js',
    `const entries = ${JSON.stringify(search)};\n${text('search.js')}`,
    'text/javascript',
  );
  const links = `<link rel="stylesheet" href="${style}">\n<script defer src="${script}"></script>`;
  const html = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, ...revalidated };
  for (const page of pages) {
    const path = page.file === 'index.html' ? '/docs' : `/docs/${page.file}`;
    serve(path, page.html.replace('<!-- files -->', links), html);
  }
  serve('/openapi.json', JSON.stringify(document), { ...json, ...revalidated });
  serve('/health', '{"status":"ok"}', { ...json, 'cache-control': 'no-store' });
  const list: ServedFiles = { files, routes: operationsOf(contexts).map(({ route }) => route.key) };
  return { ...contents, 'files.json': JSON.stringify(list) };
};

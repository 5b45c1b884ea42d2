import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problem } from '../shared/http/http-reply.ts';
import { noRoute, routeTable } from '../shared/http/match-route.ts';
import { fileNotFound } from './errors.ts';

/** One file as it is served. `body` is the name of a gzip file beside the list, see lib/reference-files.ts. */
export type Served = { body: string; headers: Record<string, string> & { etag: string } };

/** what is served, by path, and the key of every route there is */
export type ServedFiles = { files: Record<string, Served>; routes: string[] };

const accepts = (header: string | undefined, encoding: string) =>
  (header ?? '')
    .split(',')
    .some(part => part.trim().split(';')[0] === encoding && !/;\s*q=0(\.0*)?$/.test(part.trim()));

const holds = (header: string | undefined, etag: string) =>
  (header ?? '').split(',').some(tag => tag.trim().replace(/^W\//, '') === etag);

/**
 * The Lambda handler that answers with the files of a folder: compressed for clients that accept it, 304 for clients that have it. It also gets what the
 * gateway finds no function for, and the preflights of browsers, to which the gateway adds the headers.
 */
export const serveFiles = (folder: string) => {
  const { files, routes } = JSON.parse(readFileSync(join(folder, 'files.json'), 'utf8')) as ServedFiles;
  const declared = routeTable<undefined>();
  for (const key of routes) declared.add(key, undefined);

  return async ({ rawPath, headers, requestContext }: APIGatewayProxyEventV2) => {
    const { http, requestId } = requestContext;
    if (http.method === 'OPTIONS') return { statusCode: 204, headers: {}, body: '' };
    const found = declared.find(http.method === 'HEAD' ? 'GET' : http.method, rawPath);
    if (!found) return problem(noRoute(declared, http.method, rawPath), requestId);
    const served = Object.hasOwn(files, rawPath) ? files[rawPath] : undefined;
    if (!served) return problem(fileNotFound(), requestId);
    const shared = { ...served.headers, vary: 'accept-encoding' };
    if (holds(headers['if-none-match'], served.headers.etag)) return { statusCode: 304, headers: shared, body: '' };
    const packed = readFileSync(join(folder, served.body));
    const gzip = accepts(headers['accept-encoding'], 'gzip');
    return {
      statusCode: 200,
      headers: { ...shared, ...(gzip ? { 'content-encoding': 'gzip' } : {}) },
      body: (gzip ? packed : gunzipSync(packed)).toString('base64'),
      isBase64Encoded: true,
    } satisfies APIGatewayProxyStructuredResultV2;
  };
};

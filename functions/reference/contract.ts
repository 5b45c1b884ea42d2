import * as z from 'zod';
import { route } from '../shared/http/contract.ts';
import { fileNotFound } from './errors.ts';

export const about = 'This reference as a document for tools and as a page for people, and the health of the API.';

/** answers from files beside its bundle: no store, no permissions */
export const stateless = true;

export const routes = {
  readOpenapi: route('GET /openapi.json', {
    summary: 'This reference as OpenAPI 3.1',
    auth: 'none',
    reply: z.string(),
    produces: 'application/json',
  }),
  readDocs: route('GET /docs', {
    summary: 'This reference as pages for people: the quick start',
    auth: 'none',
    reply: z.string(),
    produces: 'text/html',
  }),
  readDocsFile: route('GET /docs/{file}', {
    summary: 'A page of this reference, or a file of its pages',
    auth: 'none',
    errors: [fileNotFound],
    reply: z.string(),
    produces: 'text/html',
  }),
  readHealth: route('GET /health', {
    summary: 'Whether the API answers',
    auth: 'none',
    reply: z.object({ status: z.literal('ok') }),
  }),
};

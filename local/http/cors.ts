import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Cors } from './http-api.ts';

/** A browser asking beforehand whether it may call. */
export const isPreflight = ({ method, headers }: IncomingMessage) =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

const matches = (pattern: string, origin: string) => {
  const [start = '', end] = pattern.split('*');
  return end === undefined ? pattern === origin : origin.startsWith(start) && origin.endsWith(end);
};

const allowed = ({ AllowOrigins = [], AllowCredentials }: Cors, { headers: { origin } }: IncomingMessage) => {
  if (!origin || !AllowOrigins.some(pattern => matches(pattern, origin))) return undefined;
  return AllowOrigins.includes('*') && !AllowCredentials ? '*' : origin;
};

/** Headers that let a browser read a reply; none for an origin that is not allowed. */
export const corsHeaders = (cors: Cors, request: IncomingMessage): OutgoingHttpHeaders => {
  const origin = allowed(cors, request);
  if (!origin) return {};
  return {
    'access-control-allow-origin': origin,
    ...(origin !== '*' && { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders?.length && { 'access-control-expose-headers': cors.ExposeHeaders.join(',') }),
  };
};

export const preflightHeaders = (cors: Cors, request: IncomingMessage): OutgoingHttpHeaders => {
  const headers = corsHeaders(cors, request);
  if (!headers['access-control-allow-origin']) return {};
  return {
    ...headers,
    ...(cors.AllowMethods?.length && { 'access-control-allow-methods': cors.AllowMethods.join(',') }),
    ...(cors.AllowHeaders?.length && { 'access-control-allow-headers': cors.AllowHeaders.join(',').toLowerCase() }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  };
};

import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { clock } from '../time/clock.ts';

export type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

type Request = { service: string; region: string; path: string; headers: Record<string, string>; body: string };

const algorithm = 'AWS4-HMAC-SHA256';

const hmac = (key: KeyObject | string, text: string) => createHmac('sha256', key).update(text);

/** as a key object: one made of bytes takes longer than all else */
const keys = new Map<string, KeyObject>();

const mostKeys = 100;

/** of a day, a region and a service */
const signingKey = (secret: string, scope: string[]) => {
  const name = [secret, ...scope].join('/');
  const known = keys.get(name);
  if (known) return known;
  if (keys.size >= mostKeys) keys.clear();
  const key = scope.reduce(
    (key, part) => createSecretKey(hmac(key, part).digest()),
    createSecretKey(`AWS4${secret}`, 'utf8'),
  );
  keys.set(name, key);
  return key;
};

/** The headers of a POST with its signature of version 4; all that are given are signed, their names in lower case. */
export const signed = ({ service, region, path, headers, body }: Request, credentials: Credentials) => {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const time = clock().replace(/\.\d+|[-:]/g, '');
  const scope = [time.slice(0, 8), region, service, 'aws4_request'];
  const all: Record<string, string> = {
    ...headers,
    'x-amz-date': time,
    ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
  };
  const names = Object.keys(all).sort();
  const lines = names.map(name => `${name}:${all[name]}\n`).join('');
  const canonical = ['POST', path, '', lines, names.join(';'), hash('sha256', body)].join('\n');
  const text = [algorithm, time, scope.join('/'), hash('sha256', canonical)].join('\n');
  const signature = hmac(signingKey(secretAccessKey, scope), text).digest('hex');
  const credential = `${accessKeyId}/${scope.join('/')}`;
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return { ...all, authorization };
};

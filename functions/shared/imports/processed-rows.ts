import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';
import type { Given, Imported, Recorded } from './importable.ts';

/** digests and event ids that a record remembers */
const mostRemembered = 60;

const characters = 16;

/** the digest of some rows */
export const digestOf = (rows: Given[]) =>
  createHash('sha256').update(canonicalJson(rows)).digest('base64url').slice(0, characters);

/** whether rows or an event wrote the record lately: they change nothing when they come again */
export const isProcessed = (record: Recorded | undefined, digest: string) =>
  record?.imported?.rows?.includes(digest) ?? false;

export const withProcessed = (digests: string[] | undefined, digest: string): NonNullable<Imported['rows']> =>
  [...(digests ?? []), digest].slice(-mostRemembered);

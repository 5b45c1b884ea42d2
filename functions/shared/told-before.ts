import { createHash } from 'node:crypto';
import type { Given, Imported, Recorded } from './by-file.ts';
import { canonicalJson } from './canonical-json.ts';

/** digests of rows that are remembered of a record */
const mostRemembered = 10;

const characters = 16;

/** what stands for what some rows say */
export const digestOf = (rows: Given[]) =>
  createHash('sha256').update(canonicalJson(rows)).digest('base64url').slice(0, characters);

/** whether what has this digest wrote the record lately: it says nothing new, whatever happened since */
export const toldBefore = (record: Recorded | undefined, digest: string) =>
  record?.imported?.rows?.includes(digest) ?? false;

/** the digests of the last rows that wrote a record, with those of this one */
export const remembering = (record: Recorded | undefined, digest: string): NonNullable<Imported['rows']> =>
  [...(record?.imported?.rows ?? []), digest].slice(-mostRemembered);

import { createHash } from 'node:crypto';
import { canonicalJson } from '../text/canonical-json.ts';
import type { Given, Imported, Recorded } from './importable.ts';

/** tellings that are remembered of a record */
const mostRemembered = 60;

const characters = 16;

/** what stands for what some rows say */
export const digestOf = (rows: Given[]) =>
  createHash('sha256').update(canonicalJson(rows)).digest('base64url').slice(0, characters);

/** whether a telling wrote the record lately: it says nothing new, whatever happened since */
export const toldBefore = (record: Recorded | undefined, telling: string) =>
  record?.imported?.rows?.includes(telling) ?? false;

/** the last tellings that wrote a record, and one more */
export const remembering = (told: string[] | undefined, telling: string): NonNullable<Imported['rows']> =>
  [...(told ?? []), telling].slice(-mostRemembered);

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Heading } from './lines.ts';

/** where the kinds of records are written when the function is bundled, in `files/` beside it */
export const kindsFile = 'kinds.json';

/** every kind of record: its version, and JSON Schema of what it says */
export const kinds = (): Heading['kinds'] =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'files', kindsFile), 'utf8'));

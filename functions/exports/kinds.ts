import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Kinds, kindsFile } from '../shared/store/tenant-copy.ts';

/** the kinds of records of this release; see lib/code.ts */
export const kinds = (): Kinds => JSON.parse(readFileSync(join(import.meta.dirname, 'files', kindsFile), 'utf8'));

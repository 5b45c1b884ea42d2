import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientTypes } from '../lib/docs/client-types.ts';

const root = join(import.meta.dirname, '..');
const document = JSON.parse(readFileSync(join(root, 'docs', 'openapi.json'), 'utf8'));
writeFileSync(join(root, 'client', 'api.ts'), clientTypes(document));

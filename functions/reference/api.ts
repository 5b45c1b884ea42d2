import { join } from 'node:path';
import { serveFiles } from './serve-files.ts';

export const handler = serveFiles(join(import.meta.dirname, 'files'));

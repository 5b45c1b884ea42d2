import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { companyFiles } from './generate/company.ts';

/** writes the files of Auto Inc., the same every time */
export const seed = 20_261_122;

if (import.meta.main) {
  const folder = join(import.meta.dirname, 'data');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(companyFiles(seed))) {
    writeFileSync(join(folder, name), text);
    console.log(`${name.padEnd(18)} ${text.trim().split('\n').length} lines, ${Math.round(text.length / 1024)} KB`);
  }
}

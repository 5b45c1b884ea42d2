import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** the fixed text of a generated page */
export const text = (name: string) => readFileSync(join(import.meta.dirname, 'text', `${name}.md`), 'utf8').trim();

const row = (cells: unknown[]) => `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;

export const table = (head: string[], rows: unknown[][]) =>
  [row(head), row(head.map(() => '---')).replaceAll(' ', ''), ...rows.map(row)].join('\n');

/** parts of a page with an empty line between them */
export const page = (...parts: string[]) => `${parts.join('\n\n')}\n`;

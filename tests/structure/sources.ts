import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export type Import = { path: string; typeOnly: boolean };
export type Source = { file: string; text: string; imports: Import[] };

const imported = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

/** the path an import leads to: a file of ours from the root of the repository, or a package */
const target = (file: string, path: string) => (path.startsWith('.') ? posix.join(posix.dirname(file), path) : path);

const read = (file: string): Source => {
  const text = readFileSync(file, 'utf8');
  const imports = [...text.matchAll(imported)].map(([, type, path = '']) => ({
    path: target(file, path),
    typeOnly: type !== undefined,
  }));
  return { file, text, imports };
};

/** every source file below some folders, with what it imports */
export const sources = (...folders: string[]): Source[] =>
  folders
    .flatMap(folder => globSync(`${folder}/**/*.ts`))
    .map(file => file.replaceAll('\\', '/'))
    .sort()
    .map(read);

/** `functions/sales/lead.ts` -> `sales` */
export const contextOf = (file: string) => (file.startsWith('functions/') ? file.split('/')[1] : undefined);

import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entity } from '../../functions/shared/store/entity.ts';

const root = join(import.meta.dirname, '..', '..');

export type Declared = { name: string; file: string; context: string; entity: Entity };

const isEntity = (exported: unknown): exported is Entity =>
  typeof exported === 'object' && exported !== null && 'kind' in exported && 'upcasts' in exported;

/** Every declared entity with the file that declares it. */
export const entities = async (): Promise<Declared[]> => {
  const files = globSync('functions/**/*.ts', { cwd: root })
    .map(file => file.split(sep).join('/'))
    .filter(file => /^export const \w+ = (entity|settings)[(<]/m.test(readFileSync(join(root, file), 'utf8')))
    .sort();
  const found = files.map(async file => {
    const exports = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
    const context = file.split('/')[1] as string;
    return Object.entries(exports).flatMap(([name, entity]) =>
      isEntity(entity) ? [{ name, file, context, entity }] : [],
    );
  });
  return (await Promise.all(found)).flat();
};

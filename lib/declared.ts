import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const root = join(import.meta.dirname, '..');

/** what is gathered: the constructor that declares it, where it is looked for, and the type of the list */
const gathered = {
  entities: {
    by: /^export const (\w+) = (?:entity|settings)[(<]/gm,
    in: 'functions/**/*.ts',
    type: 'AnyEntity',
    from: 'functions/shared/store/entity.ts',
  },
  events: { by: /^export const (\w+) = event\(/gm, in: 'events/*.ts', type: 'EventType', from: 'events/define.ts' },
  importables: {
    by: /^export const (\w+) = importable[(<]/gm,
    in: 'functions/**/*.ts',
    type: 'AnyImportable',
    from: 'functions/shared/imports/importable.ts',
  },
};

const read = (file: string) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

const filesIn = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map(file => file.split(sep).join('/'))
    .sort();

const sourceOf = (list: string, { by, in: pattern, type, from }: (typeof gathered)[keyof typeof gathered]) => {
  const found = filesIn(pattern).flatMap(file => {
    const names = [...readFileSync(join(root, file), 'utf8').matchAll(by)].map(([, name]) => name as string);
    return names.length ? [{ file, names }] : [];
  });
  const imports = found.map(({ file, names }, nth) => {
    const renamed = names.map(name => `${name} as ${name}${nth}`).join(', ');
    return `import { ${renamed} } from '../../${file}';`;
  });
  const all = found.flatMap(({ names }, nth) => names.map(name => `  ${name}${nth},`));
  return [
    `import type { ${type} } from '../../${from}';`,
    ...imports,
    '',
    `/** Every declaration of its kind, gathered from the sources: see lib/declared.ts. */`,
    `export const ${list}: ${type}[] = [`,
    ...all,
    '];',
    '',
  ].join('\n');
};

/** the kinds of jobs that contexts run, as a type: a job of another kind is not started */
const jobKinds = () => {
  const works = filesIn('functions/*/contract.ts').map(file => readFileSync(join(root, file), 'utf8'));
  const kinds = works.flatMap(text => [...text.matchAll(/^ {2}'?([\w-]+)'?: work\(/gm)].map(([, kind]) => `'${kind}'`));
  return `/** Every kind of job, gathered from the contracts: see lib/declared.ts. */\nexport type JobKind = ${kinds.join(' | ')};\n`;
};

/**
 * Writes the lists of all that is declared - entities, events, what can be imported, kinds of jobs - to `dist/declared`, where code imports
 * them as `#declared/<list>.ts`. So every declaration is registered automatically; no list is maintained by hand.
 */
export const gatherDeclared = () => {
  const folder = join(root, 'dist', 'declared');
  mkdirSync(folder, { recursive: true });
  const lists = Object.entries(gathered).map(([list, what]) => [list, sourceOf(list, what)] as const);
  for (const [list, source] of [...lists, ['job-kinds', jobKinds()] as const]) {
    const file = join(folder, `${list}.ts`);
    if (read(file) !== source) writeFileSync(file, source);
  }
};

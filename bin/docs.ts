import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatherDeclared } from '../lib/declared.ts';

gatherDeclared();
const { generated } = await import('../lib/docs/generated.ts');

// writes what is generated from the declarations; with --check it only says what is stale
const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const current = (file: string) => {
  try {
    return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
};

const files = await generated();
const stale = Object.keys(files).filter(file => current(file) !== files[file]);
const samples = globSync('events/samples/*.json', { cwd: root }).map(file => file.replaceAll('\\', '/'));
const orphans = samples.filter(file => !(file in files));

for (const file of [...stale, ...orphans]) console.log(`${check ? 'stale' : 'wrote'} ${file}`);
if (check) process.exitCode = stale.length + orphans.length ? 1 : 0;
else {
  for (const file of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), files[file] as string);
  }
  for (const file of orphans) rmSync(join(root, file));
}

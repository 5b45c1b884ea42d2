import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatherDeclared } from '../lib/declared.ts';
import { breakingChanges } from '../lib/openapi/breaking-changes.ts';

gatherDeclared();
const { committed, ignored } = await import('../lib/docs/generated.ts');

// writes the generated files; with --check it lists the committed ones that are stale, and what breaks clients of the API
const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');

const current = (file: string) => {
  try {
    return readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return undefined;
  }
};

const baseline = 'docs/openapi.json';
const files = { ...committed(), ...(check ? {} : await ignored()) };
const stale = Object.keys(files).filter(file => current(file) !== files[file]);
const samples = globSync('events/samples/*.json', { cwd: root }).map(file => file.replaceAll('\\', '/'));
const orphans = samples.filter(file => !(file in files));

if (stale.includes(baseline) && current(baseline)) {
  const changes = breakingChanges(JSON.parse(current(baseline) as string), JSON.parse(files[baseline] as string));
  for (const change of changes) console.log(`breaking change: ${change}`);
}
for (const file of [...stale, ...orphans])
  console.log(check ? `stale: ${file} (run \`npm run docs\`)` : `wrote ${file}`);
if (check) process.exitCode = stale.length + orphans.length ? 1 : 0;
else {
  for (const file of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), files[file] as string);
  }
  for (const file of orphans) rmSync(join(root, file));
}

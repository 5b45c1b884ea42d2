import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { codeIn } from '../../lib/code.ts';
import { composed, entries } from '../../lib/functions.ts';

const outdir = mkdtempSync(join(tmpdir(), 'rapport-bundles-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

const largest = (name: string) => (name.startsWith('jobs') ? 650_000 : 500_000);

test('every function is one minified ES module with its source map', { timeout: 120_000 }, async () => {
  const code = await codeIn(outdir);
  for (const name of [...Object.keys(entries), ...Object.keys(composed)]) {
    const file = join(code(name), 'index.mjs');
    expect(readFileSync(file, 'utf8'), name).toMatch(/export\{[^}]*\bas handler\b|export\s*\{[^}]*handler/);
    expect(existsSync(`${file}.map`), name).toBe(true);
    expect(statSync(file).size, name).toBeLessThan(largest(name));
  }
});

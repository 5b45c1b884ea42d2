import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the committed documents and samples are current, and the API breaks no client of the committed reference', {
  timeout: 60_000,
}, () => {
  let output = '';
  try {
    output = execFileSync(process.execPath, ['bin/docs.ts', '--check'], { encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout || String(error);
  }
  expect(output).toBe('');
});

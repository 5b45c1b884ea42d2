import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('the generated documents, samples and client are current (else: npm run docs)', { timeout: 60_000 }, () => {
  let said = '';
  try {
    said = execFileSync(process.execPath, ['bin/docs.ts', '--check'], { encoding: 'utf8' });
  } catch (error) {
    said = (error as { stdout: string }).stdout || String(error);
  }
  expect(said).toBe('');
});

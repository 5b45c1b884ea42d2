import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const demo = join(import.meta.dirname, '../../bin/demo.ts');
const run = (...args: string[]) => promisify(execFile)(process.execPath, [demo, ...args]);

// a stack of its own: the story moves the clock by years
test('the twelve steps come true on a fresh stack, and she is forgotten', { timeout: 120_000 }, async () => {
  const { stdout } = await run('--only-story');
  expect(stdout.match(/^ +\d+ {2}\S.*\d{4}-\d{2}-\d{2}$/gm)).toHaveLength(13);
  expect(stdout).toMatch(/▸ receipt era_\w+ verified with the public key/);
  expect(stdout).toMatch(/▸ search: no customer; her view: 410$/m);
  expect(stdout).toMatch(/^12 steps · \d+ events on her timeline · 12 mails of 13 messages decided/m);
});

test('a demo without a CRM says so in one line and fails', async () => {
  await expect(run('--url', 'http://127.0.0.1:9')).rejects.toMatchObject({
    code: 1,
    stderr: 'demo: no CRM answers at http://127.0.0.1:9\n',
  });
});

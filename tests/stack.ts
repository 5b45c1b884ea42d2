import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startStack } from '../local/stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stack: { url: string; awsUrl: string; busName: string; dataDir: string };
  }
}

/** One local stack for all tests: synthesised anew, kept in a temporary folder. */
export default async ({ provide }: TestProject) => {
  const template = mkdtempSync(join(tmpdir(), 'rapport-synth-'));
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-data-'));
  execFileSync(process.execPath, ['bin/rapport.ts'], {
    env: { ...process.env, CDK_OUTDIR: template },
    stdio: 'inherit',
  });
  const stack = await startStack({ template, dataDir, port: 0, log: line => console.log(line) });
  provide('stack', { url: stack.url, awsUrl: stack.awsUrl, busName: stack.outputs.BusName ?? '', dataDir });
  return async () => {
    await stack.close();
    for (const folder of [template, dataDir]) rmSync(folder, { recursive: true, force: true });
  };
};

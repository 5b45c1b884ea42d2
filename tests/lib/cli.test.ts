import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { appOf } from './synthesised.ts';

test('the CDK command line reads what our version of the library writes', () => {
  const { directory } = appOf('dev').app.synth();
  const listed = execFileSync(process.execPath, ['node_modules/aws-cdk/bin/cdk', 'ls', '--app', directory], {
    encoding: 'utf8',
  });
  expect(listed.trim().split('\n').at(-1)).toBe('Rapport');
});

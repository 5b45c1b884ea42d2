import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Quota, quotas, quotasPage } from '../../lib/docs/quotas.ts';
import { appOf } from './synthesised.ts';

const synthesised = (): Quota[] => {
  const { app } = appOf('dev');
  app.synth();
  return quotas(app.outdir);
};

test('the stack stays within the quotas of AWS, and docs/quotas.md says how much of them it uses', () => {
  const list = synthesised();
  console.log(quotasPage(list));
  expect(list.filter(({ used, limit }) => used > limit)).toEqual([]);
  expect(list.every(({ used }) => used > 0)).toBe(true);
  const documented = readFileSync('docs/quotas.md', 'utf8')
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| quota'));
  expect(documented.map(line => line.split(' | ')[0]?.slice(2))).toEqual(list.map(({ name }) => name));
});

test('there is room for what comes: routes of the gateway, resources of each stack', () => {
  const usedOf = (name: string) => synthesised().find(quota => quota.name === name)?.used;
  expect(usedOf('Routes of the HTTP API')).toBeLessThan(250);
  expect(usedOf('Resources of a stack')).toBeLessThan(300);
});

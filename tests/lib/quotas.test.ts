import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { type Quota, quotas, quotasPage } from '../../lib/docs/quotas.ts';
import { appOf } from './synthesised.ts';

let list: Quota[];
beforeAll(() => {
  const { app } = appOf('dev', { machines: { shop: { tenant: 'demo', scopes: ['customers.read'] } } });
  app.synth();
  list = quotas(app.outdir);
}, 120_000);

test('the stack stays within the quotas of AWS, and docs/quotas.md lists each of them', () => {
  console.log(quotasPage(list));
  expect(list.filter(({ used, limit }) => used > limit)).toEqual([]);
  expect(list.every(({ used }) => used > 0)).toBe(true);
  const rows = readFileSync('docs/quotas.md', 'utf8').split('\n').slice(7).filter(Boolean);
  expect(rows.map(line => line.split(' | ')[0]?.slice(2))).toEqual(list.map(({ name }) => name));
});

test('there is room for what comes: routes of the gateway, resources of each stack', () => {
  const usedOf = (name: string) => list.find(quota => quota.name === name)?.used;
  expect(usedOf('Routes of the HTTP API')).toBeLessThan(250);
  expect(usedOf('Resources of a stack')).toBeLessThan(300);
});

import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { entities } from '#declared/entities.ts';
import { customerPartitions } from '../../functions/privacy/erasure/locations.ts';

const kindsIn = (pattern: RegExp) =>
  globSync('functions/**/*.ts').flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(pattern)].map(([, kind]) => kind as string),
  );

test('every entity that tells something of a customer is found by an erasure', () => {
  const gathered = new Set(entities.map(({ kind }) => kind));
  // one that is not exported is a secret of its file: it must tell nothing of anybody
  const declared = kindsIn(/ entity\(\s*'([\w-]+)',[^;]*?onErase: (?!'not-personal')/g);
  expect(declared.length).toBeGreaterThan(40);
  expect(declared.filter(kind => !gathered.has(kind))).toEqual([]);
});

test('every entity that is declared is gathered', () => {
  const declared = globSync('functions/**/*.ts').flatMap(file => [
    ...readFileSync(file, 'utf8').matchAll(/^(?:export )?const \w+(?::[^=\n]+)? = (?:entity|settings)[(<]/gm),
  ]);
  expect(entities.length).toBe(declared.length);
});

test('no two entities have one kind', () => {
  const kinds = entities.map(({ kind }) => kind);
  expect(kinds.filter((kind, nth) => kinds.indexOf(kind) < nth)).toEqual([]);
});

test('no kind that belongs to a customer passes for one that tells nothing of any', () => {
  const owned = entities.filter(({ owner, lists, entries }) => owner || lists?.customer || entries?.customer);
  expect(owned.length).toBeGreaterThan(5);
  expect(owned.filter(({ onErase }) => onErase === 'not-personal').map(({ kind }) => kind)).toEqual([]);
});

test('every partition that is named by a customer is gone through', () => {
  const id = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
  const key = new Proxy({}, { get: (_, name) => (name === 'customerId' || name === 'into' ? id : 'x') });
  const named = entities.flatMap(({ key: keyOf }) => {
    const [kind, of] = keyOf(key).of;
    return of === id ? [kind] : [];
  });
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter(kind => !customerPartitions.includes(kind))).toEqual([]);
});

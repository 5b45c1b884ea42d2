import { expect, test } from 'vitest';
import { fileKey, filesFolder, keptPath } from '../../functions/shared/aws/file-keys.ts';
import { openStore } from '../../functions/shared/store/store.ts';

const id = '01jd5e7k3m9q2r4t6v8w0x1y2z';

test('a path that leads out of the folder of its company has no key', () => {
  const leading = ['', '.', '..', '/', '//', '../b/x', 'a/../../b/x', 'a/./x', 'a//x', '/a', 'a/', 'a/..', './a'];
  for (const path of leading) {
    for (const short of [true, false]) expect(() => fileKey('acme', path, { short })).toThrow('cannot have the path');
  }
});

process.env.TABLE_NAME ??= 'none';

test('nothing belongs to what is not the name of a company', () => {
  for (const tenant of ['', '..', 'a/b', 'a#customer', 'A', 'a b', '-', 'x'.repeat(64)]) {
    expect(() => fileKey(tenant, 'x')).toThrow('is not the name of a company');
    if (tenant)
      expect(() => openStore({ tenant, actor: 'x', now: '2026-01-01T00:00:00.000Z' })).toThrow('is not the name');
  }
});

test('a key means the same file before and after a URL is parsed', () => {
  for (const path of [`documents/doc_${id}/1`, 'a/...', 'a/.b', 'a/b..', 'a/%2e%2e/b', 'a/..\\b']) {
    const key = fileKey('acme', path);
    const url = new URL(`https://files.example/${encodeURIComponent(key).replaceAll('%2F', '/')}`);
    expect(decodeURIComponent(url.pathname.slice(1))).toBe(`${filesFolder('acme')}${path}`);
  }
});

test('only paths that are made are kept', () => {
  const made = [`customers/cus_${id}/doc_${id}/12`, `documents/doc_${id}/1`, `import-schedules/imps_${id}/inbox`];
  expect(made.filter(path => !keptPath.test(path))).toEqual([]);
  const others = [`documents/doc_${id}/1/2`, `documents/doc_${id}/1\n`, `../documents/doc_${id}/1`, 'documents/x/1'];
  expect(others.filter(path => keptPath.test(path))).toEqual([]);
});

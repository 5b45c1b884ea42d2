import { expect, test } from 'vitest';
import type { filesOf } from '../../functions/shared/aws/files.ts';
import { appendTo, completeFile, emptyFile, type GrowingFile } from '../../functions/shared/aws/growing-file.ts';

/** files in memory; an upload is complete when its parts have been joined */
const memory = () => {
  const stored = new Map<string, Buffer>();
  const parts = new Map<string, Buffer>();
  const files = {
    put: async (path: string, body: Uint8Array | string) => void stored.set(path, Buffer.from(body as string)),
    read: async (path: string) => stored.get(path) ?? Buffer.alloc(0),
    remove: async (path: string) => void stored.delete(path),
    look: async (path: string) => stored.get(path) && { size: 1, etag: '' },
    multipart: {
      begin: async () => 'upload',
      part: async (_: string, __: string, part: number, body: Uint8Array) => {
        parts.set(`etag-${part}`, Buffer.from(body));
        return `etag-${part}`;
      },
      end: async (path: string, _: string, etags: string[]) =>
        void stored.set(path, Buffer.concat(etags.map(etag => parts.get(etag) as Buffer))),
    },
  };
  return { files: files as unknown as ReturnType<typeof filesOf>, stored, parts };
};

const path = 'report.ndjson';
const texts = ['a', 'b', '', 'c', 'd'].map(letter => letter.repeat(3_000_000));

const grow = async (files: ReturnType<typeof filesOf>, all: string[], times = 1) => {
  let file: GrowingFile = emptyFile;
  for (const [slice, text] of all.entries()) {
    const before = file;
    for (let time = 0; time < times; time++) file = await appendTo(files, path, before, { slice, text });
  }
  for (let time = 0; time < times; time++) await completeFile(files, path, file);
};

test.each([1, 2])('a large file is made of parts, each slice done %i times', async times => {
  const { files, stored, parts } = memory();
  await grow(files, texts, times);
  expect(stored.get(path)?.toString() === texts.join('')).toBe(true);
  expect([...parts.values()].map(({ length }) => length)).toEqual([6_000_000, 6_000_000]);
});

test('a small file is written as a whole, an empty one too', async () => {
  const { files, stored, parts } = memory();
  await grow(files, ['one\n', '', 'two\n']);
  expect(stored.get(path)?.toString()).toBe('one\ntwo\n');
  await grow(files, []);
  expect([stored.get(path)?.length, parts.size]).toEqual([0, 0]);
});

test('what was not yet a part is removed once no slice needs it', async () => {
  const { files, stored } = memory();
  await grow(files, ['one\n', 'two\n', 'three\n', 'four\n']);
  expect([...stored.keys()]).toEqual([`${path}.rest-2-14`, `${path}.rest-3-19`, path]);
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { filesOf } from '../../functions/shared/aws/files.ts';

let body = '';
let asked: string[] = [];
const server = createServer((request, reply) => {
  asked.push(`${request.method} ${request.url}`);
  request.resume().on('end', () => reply.end(body));
});

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    FILES_BUCKET: 'files',
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
});
afterAll(() => void server.close());

test('a copy or a completion that ends with an error has failed, though its status is 200', async () => {
  const files = filesOf('acme', { short: true });
  const both = () => [files.copyKept('a/1', 'b/1'), files.multipart.end('b/1', 'upload', ['"x"'])];
  body = '<?xml version="1.0"?>\n<Error><Code>InternalError</Code><Message>again</Message></Error>';
  for (const ended of await Promise.allSettled(both())) {
    expect(ended).toMatchObject({
      status: 'rejected',
      reason: { message: expect.stringMatching(/200 InternalError$/) },
    });
  }
  body = '<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>';
  expect((await Promise.allSettled(both())).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('what leads out of the folder of the company is never asked for', async () => {
  asked = [];
  const files = filesOf('acme');
  const path = '../other/documents/1';
  const attempts = [
    files.put(path, ''),
    files.read(path),
    files.look(path),
    files.remove(path),
    files.copyKept(path, 'a/1'),
    files.copyKept('a/1', path),
    files.uploadUrl(path),
    files.downloadUrl(path),
    files.multipart.begin(path),
  ];
  expect((await Promise.allSettled(attempts)).map(({ status }) => status)).toEqual(attempts.map(() => 'rejected'));
  expect(asked).toEqual([]);
  await files.list('../other/');
  expect(asked).toEqual(['GET /files/?list-type=2&prefix=kept%2Facme%2F..%2Fother%2F']);
});

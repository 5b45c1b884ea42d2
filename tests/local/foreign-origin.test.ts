import { request } from 'node:http';
import { expect, test } from 'vitest';
import { world } from '../world.ts';

const statusOf = (url: string, headers: Record<string, string>, path = '/_local/clock') =>
  new Promise<number>((resolve, reject) => {
    request(`${url}${path}`, { headers }, reply => {
      reply.resume();
      resolve(reply.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

test('a page of another origin, and a name that was rebound to this machine, do not get local endpoints', async () => {
  const { url } = await world();
  const { host } = new URL(url);
  expect(await statusOf(url, {})).toBe(200);
  expect(await statusOf(url, { origin: `http://${host}` })).toBe(200);
  expect(await statusOf(url, { host: 'localhost' })).toBe(200);
  for (const origin of ['https://evil.example', 'http://localhost:1', 'null'])
    expect([origin, await statusOf(url, { origin })]).toEqual([origin, 403]);
  for (const named of ['evil.example', `${host}.evil.example`, 'localhost.evil.example:80'])
    expect([named, await statusOf(url, { host: named })]).toEqual([named, 403]);
});

test('nor do they get the AWS services; a link to a file works from any page', async () => {
  const { awsUrl } = await world();
  const evil = { origin: 'https://evil.example' };
  expect(await statusOf(awsUrl, evil, '/')).toBe(403);
  expect(await statusOf(awsUrl, { host: 'evil.example' }, '/bucket/file?X-Amz-Signature=0')).toBe(403);
  expect(await statusOf(awsUrl, evil, '/no-bucket/file?X-Amz-Signature=0')).not.toBe(403);
  expect(await statusOf(awsUrl, {}, '/no-bucket/file')).not.toBe(403);
});

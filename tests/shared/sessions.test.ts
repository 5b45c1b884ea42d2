import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';

/** of this file alone, as others of its process have their own store */
const openModules = async () => {
  vi.resetModules();
  const [{ sessionOf }, { table }] = await Promise.all([
    import('../../functions/shared/aws/sessions.ts'),
    import('../../functions/shared/store/table.ts'),
  ]);
  return { sessionOf, table };
};
let sessionOf: Awaited<ReturnType<typeof openModules>>['sessionOf'];
let table: Awaited<ReturnType<typeof openModules>>['table'];

const role = 'arn:aws:iam::000000000000:role/items';

type Asked = { token: string | undefined; form: URLSearchParams | undefined };
let asked: Asked[] = [];
let refuses = 0;

const session = (tenant: string) => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const keys = `<AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>of ${tenant}</SessionToken>`;
  return `<AssumeRoleResponse><Credentials>${keys}<Expiration>${until}</Expiration></Credentials></AssumeRoleResponse>`;
};

/** STS and DynamoDB, as far as a session is concerned */
const server = http.createServer(async (request, response) => {
  const body = Buffer.concat(await Array.fromAsync(request)).toString();
  const form = request.headers['x-amz-target'] ? undefined : new URLSearchParams(body);
  asked.push({ token: request.headers['x-amz-security-token'] as string | undefined, form });
  if (!form) return response.end('{}');
  if (refuses-- > 0) {
    response.writeHead(403);
    return response.end('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>');
  }
  response.end(session(form.get('Tags.member.1.Value') ?? ''));
});

beforeAll(async () => {
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'of the function' };
  const own = { ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: endpoint, TABLE_ROLE: role };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  ({ sessionOf, table } = await openModules());
});
beforeEach(() => {
  asked = [];
  refuses = 0;
});
afterAll(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
  vi.resetModules();
  server.close();
});

const read = (tenant?: string) => table(tenant).get({ TableName: 't', Key: { pk: `${tenant}#x`, sk: '~' } });

test('the table is asked with a session for the company, which is tagged with it and kept', async () => {
  await Promise.all([read('acme'), read('acme'), read('zenith')]);
  await read('acme');
  await read();
  const sessions = asked.flatMap(({ form }) => form?.get('Tags.member.1.Value') ?? []);
  expect(sessions.sort()).toEqual(['acme', 'zenith']);
  expect(asked.find(({ form }) => form)?.form?.get('RoleArn')).toBe(role);
  const tokens = asked.filter(({ form }) => !form).map(({ token }) => token);
  expect(tokens.sort()).toEqual(['of acme', 'of acme', 'of acme', 'of the function', 'of zenith']);
});

test('a session is renewed before it ends, and at once for a link that lasts longer', async () => {
  const first = await sessionOf(role, 'globex');
  expect(await sessionOf(role, 'globex')).toBe(first);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * 60_000 });
  expect(await sessionOf(role, 'globex')).toBe(first);
  const longer = await sessionOf(role, 'globex', 3_600_000);
  expect(longer).not.toBe(first);
  vi.setSystemTime(Date.now() + 56 * 60_000);
  expect(await sessionOf(role, 'globex')).not.toBe(longer);
  vi.useRealTimers();
});

test('a refused session is not kept, and what is no name of a company gets none', async () => {
  refuses = 1;
  await expect(sessionOf(role, 'initech')).rejects.toMatchObject({ name: 'AccessDenied' });
  await expect(sessionOf(role, 'initech')).resolves.toMatchObject({ sessionToken: 'of initech' });
  await expect(sessionOf(role, '*')).rejects.toThrow('not the name of a company');
});

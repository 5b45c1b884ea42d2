import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startFixture } from './fixture-stack.ts';

let stack: Running;
beforeAll(async () => {
  stack = await startFixture();
});
afterAll(() => stack.close());

const tokenFor = async (asked: object) => {
  const { token } = (await (await stack.post('/_local/token', asked)).json()) as { token: string };
  return { authorization: `Bearer ${token}` };
};

/** a request with a head that fetch would not send */
const raw = (path: string, headers: string[]) =>
  new Promise<{ status: number; body: string }>((settle, fail) => {
    const sent = request(stack.url + path, { headers }, reply => {
      let body = '';
      reply.on('data', chunk => (body += chunk));
      reply.on('end', () => settle({ status: reply.statusCode ?? 0, body }));
    });
    sent.on('error', fail);
    sent.end();
  });

describe('what a function gets', () => {
  test('is the event of payload format 2.0', async () => {
    const reply = await stack.get('/echo/a%20b/c?x=1&x=2&y=%C3%A9', {
      method: 'PUT',
      headers: { 'content-type': 'application/json; charset=utf-8', 'X-Two': 'one', cookie: 'a=1; b=2' },
      body: '{"text":"é"}',
    });
    const event = (await reply.json()) as Record<string, Record<string, unknown>>;
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /echo/{proxy+}',
      rawPath: '/echo/a b/c',
      rawQueryString: 'x=1&x=2&y=%C3%A9',
      queryStringParameters: { x: '1,2', y: 'é' },
      pathParameters: { proxy: 'a b/c' },
      cookies: ['a=1', 'b=2'],
      headers: { 'x-two': 'one' },
      body: '{"text":"é"}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        http: { method: 'PUT', path: '/echo/a b/c', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        routeKey: 'ANY /echo/{proxy+}',
        stage: '$default',
      },
    });
    expect(event.headers).not.toHaveProperty('cookie');
    expect(event.requestContext).not.toHaveProperty('authorizer');
    expect(event.requestContext!.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(event.requestContext!.requestId).toBe(reply.headers.get('apigw-requestid'));
  });

  test('repeated headers are joined by commas', async () => {
    const { body } = await raw('/echo/x', ['host', 'h', 'x-many', 'a', 'x-many', 'b']);
    expect(JSON.parse(body).headers['x-many']).toBe('a,b');
  });

  test.each([
    ['application/octet-stream', Buffer.from([1, 2, 255])],
    ['image/png', Buffer.from('text in a picture')],
    ['application/x-www-form-urlencoded', Buffer.from('a=1')],
    ['text/plain', Buffer.from([0xff, 0xfe, 0x00])],
  ])('a body of %s is base64', async (type, body) => {
    const reply = await stack.get('/echo/x', { method: 'POST', headers: { 'content-type': type }, body });
    expect(await reply.json()).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  test('a compressed body is base64 whatever its type', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const reply = await stack.get('/echo/x', { method: 'POST', headers, body: 'pretends' });
    expect(await reply.json()).toMatchObject({ isBase64Encoded: true });
  });

  test('the most specific route wins', async () => {
    const keyOf = async (path: string, method = 'GET') =>
      ((await (await stack.get(path, { method })).json()) as { routeKey: string }).routeKey;
    expect(await keyOf('/echo/fixed')).toBe('GET /echo/fixed');
    expect(await keyOf('/echo/fixed', 'POST')).toBe('ANY /echo/{proxy+}');
    expect(await keyOf('/echo/1/two')).toBe('GET /echo/{one}/two');
    expect(await keyOf('/echo/1/two/three')).toBe('ANY /echo/{proxy+}');
  });
});

describe('what a caller gets', () => {
  test('no route is 404, a malformed path 400', async () => {
    const missing = await stack.get('/nowhere');
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'Not Found' }]);
    expect((await stack.get('/echo')).status).toBe(404);
    expect((await stack.get('/items/%zz')).status).toBe(400);
  });

  test('status, headers and cookies are the function’s', async () => {
    const made = await stack.post('/items', { id: 'shaped' });
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe('/items/shaped');
    const cookies = await stack.get('/cookies');
    expect(cookies.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    expect(cookies.headers.get('content-type')).toBe('text/plain;charset=UTF-8');
  });

  test('what is not shaped as a reply is its JSON body', async () => {
    const reply = await stack.get('/now');
    expect(reply.headers.get('content-type')).toBe('application/json');
    expect(await reply.json()).toMatchObject({ url: stack.url });
  });

  test('a function that throws, exits, answers too late or too much is 500, and its fault is not told', async () => {
    for (const path of ['/fail', '/exit', '/hang', '/large']) {
      const reply = await stack.get(path);
      expect([path, reply.status, await reply.json()]).toEqual([path, 500, { message: 'Internal Server Error' }]);
    }
    expect((await stack.get('/now')).status).toBe(200); // and the next caller is served
    const log = await stack.log();
    expect(log).toContain('TypeError: as asked');
    expect(log).toContain('Task timed out after 2.00 seconds');
  });

  test('a body over 10 MB is 413, a head over 10,240 bytes 431', async () => {
    const headers = { 'content-type': 'text/plain' };
    const large = await stack.get('/echo/x', { method: 'POST', headers, body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect([large.status, await large.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect((await raw('/echo/x', ['host', 'h', 'x-long', 'x'.repeat(11_000)])).status).toBe(431);
    expect((await raw('/echo/x', ['host', 'h', 'x-long', 'x'.repeat(9000)])).status).toBe(200);
  });
});

test('a caller that goes away in the middle of its body harms nobody', async () => {
  for (const base of [stack.url, stack.awsUrl]) {
    const headers = { 'content-length': '1000', 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(`${base}/echo/x`, { method: 'POST', headers });
    sent.on('error', () => {});
    sent.write('the beginning');
    await new Promise(settle => setTimeout(settle, 50));
    sent.destroy();
  }
  await new Promise(settle => setTimeout(settle, 50));
  expect((await stack.get('/now')).status).toBe(200);
});

describe('CORS', () => {
  const preflight = (origin: string) =>
    stack.get('/private', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });

  test('a preflight is answered by the gateway, without a token', async () => {
    const { status, headers } = await preflight('https://shop.example');
    expect(status).toBe(204);
    expect(Object.fromEntries(headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '60',
    });
    expect((await preflight('https://evil.example')).headers.has('access-control-allow-origin')).toBe(false);
  });

  test('a reply says who may read it', async () => {
    const { headers } = await stack.get('/now', { headers: { origin: 'https://shop.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-expose-headers')).toBe('etag');
  });
});

describe('the JWT authorizer', () => {
  test('hands on the claims of a good token as texts', async () => {
    const authorization = await tokenFor({ tenant: 'acme', roles: ['sales', 'admin'] });
    const event = (await (await stack.get('/private', { headers: authorization })).json()) as {
      requestContext: { authorizer: { jwt: { claims: Record<string, string>; scopes: null } } };
    };
    const { claims, scopes } = event.requestContext.authorizer.jwt;
    expect(claims).toMatchObject({
      'custom:tenant': 'acme',
      'cognito:groups': '[sales admin]',
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
    });
    expect(claims.exp).toMatch(/^\d+$/);
    expect(scopes).toBeNull();
  });

  test('refuses no token, a token of nobody, and one that was tampered with', async () => {
    const none = await stack.get('/private');
    expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await none.json()).toEqual({ message: 'Unauthorized' });
    expect((await stack.get('/private', { headers: { authorization: 'Bearer nonsense' } })).status).toBe(401);
    const { authorization } = await tokenFor({ tenant: 'acme', roles: [] });
    const [head, body, signature] = authorization.split('.');
    const claims = JSON.parse(Buffer.from(body!, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, 'custom:tenant': 'other' })).toString('base64url');
    const headers = { authorization: [head, forged, signature].join('.') };
    expect((await stack.get('/private', { headers })).status).toBe(401);
  });

  test('a route that asks for a scope refuses a token without it', async () => {
    const without = await stack.get('/scoped', { headers: await tokenFor({ tenant: 'acme', roles: ['admin'] }) });
    expect([without.status, await without.json()]).toEqual([403, { message: 'Forbidden' }]);
    expect(without.headers.get('www-authenticate')).toContain('insufficient_scope');
    const headers = await tokenFor({ tenant: 'acme', roles: [], scopes: ['fixture/read'] });
    expect((await stack.get('/scoped', { headers })).status).toBe(200);
  });

  test('a token that the pool’s trigger refuses is not made', async () => {
    const reply = await stack.post('/_local/token', { tenant: 'nowhere' });
    expect([reply.status, await reply.json()]).toEqual([500, { message: 'no such tenant' }]);
  });

  test('a token stays good when the clock moves by years', async () => {
    const headers = await tokenFor({ tenant: 'acme', roles: [] });
    await stack.advance('P900D');
    expect((await stack.get('/private', { headers })).status).toBe(200);
  });

  test('bad requests for a token say what is wrong', async () => {
    for (const [asked, told] of [
      [{ roles: [] }, 'tenant must be a text'],
      [{ tenant: 'a', roles: 'admin' }, 'roles must be a list'],
      [{ tenant: 'a', role: ['admin'] }, 'unknown: role'],
    ] as const) {
      const reply = await stack.post('/_local/token', asked);
      expect(reply.status).toBe(400);
      expect(((await reply.json()) as { message: string }).message).toContain(told);
    }
  });
});

import aws4 from 'aws4';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { signed } from '../../functions/shared/aws/sign.ts';

const word = fc.stringMatching(/^[A-Za-z0-9/+=_-]{1,40}$/);

test('a request is signed as another implementation of version 4 signs it', () => {
  vi.useFakeTimers();
  try {
    const given = {
      at: fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      service: fc.constantFrom('dynamodb', 'sqs', 'sts'),
      target: word,
      body: fc.string({ unit: 'binary' }),
      secret: word,
      token: fc.option(word, { nil: undefined }),
    };
    const check = fc.property(fc.record(given), ({ at, service, target, body, secret, token }) => {
      vi.setSystemTime(at);
      const credentials = { accessKeyId: 'AKID', secretAccessKey: secret, ...(token && { sessionToken: token }) };
      const headers = {
        host: `${service}.eu-west-1.amazonaws.com`,
        'content-type': 'application/x-amz-json-1.0',
        'content-length': String(Buffer.byteLength(body)),
        'x-amz-target': target,
      };
      const request = { service, region: 'eu-west-1', path: '/', headers, body };
      const wanted = aws4.sign({ ...request, method: 'POST' }, credentials).headers as Record<string, string>;
      const lower = Object.entries(wanted).map(([name, value]) => [name.toLowerCase(), String(value)]);
      expect(signed(request, credentials)).toEqual(Object.fromEntries(lower));
    });
    fc.assert(check);
  } finally {
    vi.useRealTimers();
  }
});

import { expect, test } from 'vitest';
import { sendWebhook, webhookFault, webhookSignature } from '../../functions/shared/http/webhook.ts';
import { isPrivateAddress } from '../../functions/shared/http/webhook-url.ts';

// by the reference implementation of Standard Webhooks
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const vectors = [
  [1614265330, '{"test": 2432232314}', 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
  [1614265330, '', 'v48jdbgvh29KJz2Qc+ghw8G6vG3nAKnujWBg8oM/62A='],
  [1614265330, '{"name":"Zoë 😀"}', '5dE+xCmDRCTT6qQMUoXsLn7BV/TeIxgDgZbwmC3tErE='],
] as const;

test('signatures are those of Standard Webhooks, one for each secret', () => {
  const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
  for (const [timestamp, body, signature] of vectors) {
    const call = { id, timestamp, body };
    expect(webhookSignature(call, [secret])).toBe(`v1,${signature}`);
    expect(webhookSignature(call, [secret.slice('whsec_'.length), secret])).toBe(`v1,${signature} v1,${signature}`);
  }
});

const own = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '0.0.0.0'];
const inside = ['10.0.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1', 'fd00::1', 'fe80::1'];
const open = ['93.184.216.34', '172.32.0.1', '8.8.8.8', '2606:2800:220:1::1'];

test('private addresses are none of the internet, however they are written', async () => {
  for (const address of [...own, ...inside]) expect(isPrivateAddress(address), address).toBe(true);
  for (const address of open) expect(isPrivateAddress(address), address).toBe(false);
  const urls = [
    ...[...own, ...inside].map(address => `https://${address.includes(':') ? `[${address}]` : address}/`),
    ...['https://2130706433/', 'https://0x7f.1/', 'https://localhost/', 'https://a.localhost/', 'http://example.com/'],
    ...['ftp://example.com/', 'https://ada:secret@example.com/', 'nonsense'],
  ];
  for (const url of urls) expect(webhookFault(url), url).toBeDefined();
  expect(webhookFault('https://example.com/hooks?a=b')).toBeUndefined();
  const call = { id: 'a', body: '{}', secrets: [secret], now: '2026-12-01T00:00:00.000Z' };
  expect(await sendWebhook({ ...call, url: 'https://169.254.169.254/latest' })).toMatchObject({ final: true });
});

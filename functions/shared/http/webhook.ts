import { createHmac } from 'node:crypto';
import { type LookupAddress, lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP } from 'node:net';
import * as z from 'zod';
import { env } from '../aws/env.ts';
import { derived, secretOf } from './secret.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const unreachable = new BlockList();
const v4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
const v6 = '::/127 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8';
for (const [text, family] of [
  [v4, 'ipv4'],
  [v6, 'ipv6'],
] as const)
  for (const block of text.split(' ')) {
    const [net = '', bits = ''] = block.split('/');
    unreachable.addSubnet(net, Number(bits), family);
  }

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const isLoopback = (address: string) => loopback.check(address, familyOf(address));

/** whether an address is none of the public internet; an IPv4 address mapped into IPv6 counts as IPv4 */
export const isPrivateAddress = (address: string) =>
  isLoopback(address) || unreachable.check(address, familyOf(address));

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '');

const ofThisMachine = (host: string) => host === 'localhost' || host.endsWith('.localhost');

/** the loopback address is for the local runtime, which sends what it captures nowhere else */
const faultOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return 'is not a URL such as https://example.com/hooks/orders';
  const url = new URL(text);
  const host = hostOf(url);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.username || url.password) return 'must not have a user name or password: verify the signature instead';
  const isOwn = ofThisMachine(host) || (isIP(host) > 0 && isLoopback(host));
  if (isOwn) return env.outbound() ? undefined : 'leads to the machine itself: name a public host';
  if (isIP(host) > 0 && isPrivateAddress(host)) return 'is a private address: name a public host';
  return url.protocol === 'https:' ? undefined : 'must begin with https://';
};

export const WebhookUrl = z
  .string()
  .max(2_000)
  .superRefine((url, context) => {
    const message = faultOf(url);
    if (message) context.addIssue({ code: 'custom', message });
  })
  .meta({ format: 'uri', examples: ['https://example.com/hooks/orders'] });

/** the secret in the notation of Standard Webhooks, for requests that triggers, journeys and templates make */
export const webhookSecret = async (tenant: string, now: string) =>
  `whsec_${derived(await secretOf(tenant, now), 'webhooks').toString('base64')}`;

type Signed = { id: string; timestamp: number; body: string };

/** The value of `webhook-signature` (Standard Webhooks); several secrets while they rotate. */
export const webhookSignature = ({ id, timestamp, body }: Signed, secrets: string[]) =>
  secrets
    .map(secret => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .map(key => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64'))
    .map(signature => `v1,${signature}`)
    .join(' ');

/** `tags`: what a captured request is found by, such as the message that it is */
export type WebhookCall = {
  /** the same for every attempt */
  id: string;
  url: string;
  body: string;
  secrets: string[];
  now: string;
  tags?: Record<string, string>;
};

/** why it failed; `final`: the same again will fail again */
export type WebhookFailure = { reason: string; final: boolean; status?: number };

const patience = 10_000;

/** checked when the connection is made: what a name leads to may change after it was looked up */
const publicLookup: typeof lookup = ((host: string, options: object, done: (...result: unknown[]) => void) =>
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return done(error);
    const refused = found.find(({ address }) => isPrivateAddress(address));
    if (refused || !found[0]) return done(Object.assign(new Error('it leads to a private address'), { final: true }));
    return (options as { all?: boolean }).all ? done(null, found) : done(null, found[0].address, found[0].family);
  })) as never;

type Posted = { status: number; text: string };

const post = (url: string, headers: Record<string, string>, body: string, guarded: boolean) =>
  new Promise<Posted>((settle, fail) => {
    const { request } = url.startsWith('https:') ? https : http;
    const options = { method: 'POST', headers, timeout: patience, ...(guarded ? { lookup: publicLookup } : {}) };
    const sent = request(url, options, reply => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', chunk => {
        if (text.length < 1_000) text += chunk;
      });
      reply.on('end', () => settle({ status: reply.statusCode ?? 0, text }));
      reply.on('error', fail);
    });
    const late = setTimeout(() => sent.destroy(new Error(`no answer within ${patience / 1000} s`)), patience);
    sent.on('close', () => clearTimeout(late));
    sent.on('error', fail);
    sent.end(body);
  });

/** The local runtime captures what leaves the machine, and answers as the receiver did. */
const capture = async (to: string, { url, body, tags = {} }: WebhookCall, headers: Record<string, string>) => {
  const target = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Outbound.Post' };
  const { status, text } = await post(to, target, JSON.stringify({ url, headers, body, tags }), false);
  if (status !== 200) throw new Error(`the local runtime answered with ${status}`);
  return JSON.parse(text) as Posted;
};

const failureOf = (status: number): WebhookFailure | undefined => {
  if (status >= 200 && status < 300) return undefined;
  const final = (status >= 300 && status < 500 && ![408, 425, 429].includes(status)) || status === 501;
  return { reason: `the receiver answered with ${status}`, final, status };
};

/** Posts JSON, signed by Standard Webhooks, to a public address; redirects are not followed. Gives why it failed. */
export const sendWebhook = async (call: WebhookCall): Promise<WebhookFailure | undefined> => {
  const { id, url, body, secrets, now } = call;
  const timestamp = Math.floor(Date.parse(now) / 1000);
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'Rapport',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': webhookSignature({ id, timestamp, body }, secrets),
  };
  const fault = faultOf(url);
  if (fault) return { reason: `the URL ${fault}`, final: true };
  const local = env.outbound();
  try {
    const { status } = await (local ? capture(local, call, headers) : post(url, headers, body, true));
    return failureOf(status);
  } catch (error) {
    return { reason: (error as Error).message, final: (error as { final?: boolean }).final ?? false };
  }
};

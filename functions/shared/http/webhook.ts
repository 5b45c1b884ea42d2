import { createHmac } from 'node:crypto';
import { type LookupAddress, lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { env } from '../aws/env.ts';
import { derived, secretOf } from './secret.ts';
import { isPrivateAddress, leadsHome, WebhookUrl } from './webhook-url.ts';

/** why nothing is sent there; the machine's own address is for the local runtime, which sends what it captures nowhere else */
export const webhookFault = (url: string): string | undefined => {
  const { success, error } = WebhookUrl.safeParse(url);
  if (!success) return error.issues[0]?.message;
  return leadsHome(new URL(url)) && !env.outbound() ? 'leads to the machine itself: name a public host' : undefined;
};

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
  const fault = webhookFault(url);
  if (fault) return { reason: `the URL ${fault}`, final: true };
  const local = env.outbound();
  try {
    const { status } = await (local ? capture(local, call, headers) : post(url, headers, body, true));
    return failureOf(status);
  } catch (error) {
    return { reason: (error as Error).message, final: (error as { final?: boolean }).final ?? false };
  }
};

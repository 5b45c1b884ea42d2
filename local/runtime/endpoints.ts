import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Engine } from '../dynamodb/engine.ts';
import { isForeign } from '../http/foreign.ts';
import type { Report } from '../messages/mail-events.ts';
import { mostMailBytes } from '../messages/receiving.ts';
import type { Properties } from '../template/properties.ts';
import type { MovableClock } from './clock.ts';
import { after } from './duration.ts';
import type { Scrubbing } from './scrub.ts';
import type { Settling } from './settle.ts';

type Reply = { status: number; body: unknown };

class BadInput extends Error {}
class Foreign extends Error {}

const mostBody = 64 * 1024;

const mostWait = 10 * 60_000;

type Options = {
  engine: Engine;
  clock: MovableClock;
  settling: Settling;
  scrubbing: Scrubbing;
  outbox(query: { to?: string; channel?: string }): unknown[];
  report(messageId: string, report: Omit<Report, 'at'>): boolean | undefined;
  receive(to: string, raw: Buffer): Promise<unknown>;
  mint(claims: { tenant: string; roles: string[]; scopes?: string[]; subject?: string }): Promise<string>;
  logTail(lines: number): string;
};

const readJson = async (request: IncomingMessage): Promise<Properties> => {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > mostBody) throw new BadInput('the body is too long');
  }
  try {
    const value = JSON.parse(text || '{}');
    if (value && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch {}
  throw new BadInput('the body must be a JSON object');
};

const readBytes = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > mostMailBytes) throw new BadInput(`the mail is larger than ${mostMailBytes} bytes`);
    chunks.push(chunk);
  }
  if (!length) throw new BadInput('the body must be a raw mail');
  return Buffer.concat(chunks);
};

const only = (body: Properties, ...allowed: string[]) => {
  const strange = Object.keys(body).filter(key => !allowed.includes(key));
  if (strange.length) throw new BadInput(`unknown: ${strange.join(', ')}; this takes ${allowed.join(', ')}`);
  return body;
};

const text = (value: unknown, name: string): string => {
  if (typeof value === 'string' && value) return value;
  throw new BadInput(`${name} must be a text`);
};

const texts = (value: unknown, name: string): string[] => {
  if (Array.isArray(value) && value.every(one => typeof one === 'string')) return value;
  throw new BadInput(`${name} must be a list of texts`);
};

const targetOf = (body: Properties, now: number) => {
  const { advance, to } = only(body, 'advance', 'to');
  if ((advance === undefined) === (to === undefined)) {
    throw new BadInput('give either advance, a duration such as P14D, or to, an RFC 3339 time');
  }
  const target = advance === undefined ? Date.parse(text(to, 'to')) : after(now, text(advance, 'advance'));
  if (target === undefined) throw new BadInput('advance must be an ISO 8601 duration such as P14D or PT4H');
  if (Number.isNaN(target)) throw new BadInput('to must be an RFC 3339 time such as 2027-01-31T09:00:00Z');
  if (target < now) throw new BadInput('the clock moves forward only');
  return target;
};

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const reportKinds = ['open', 'click', 'bounce', 'complaint'] as const;

const reportIn = (body: Properties): Omit<Report, 'at'> => {
  const { type, userAgent = browser, ip = '203.0.113.7', link = 'https://example.com/', permanent = true } = body;
  const kind = reportKinds.find(one => one === type);
  if (!kind) throw new BadInput(`type must be one of ${reportKinds.join(', ')}`);
  if (typeof permanent !== 'boolean') throw new BadInput('permanent must be true or false');
  const words = { userAgent: text(userAgent, 'userAgent'), ip: text(ip, 'ip'), link: text(link, 'link') };
  return { kind, ...words, permanent };
};

/** Endpoints under `/_local` that a deployed stack does not have: clock, idle, outbox, token, log. */
export const localEndpoints = ({
  engine,
  clock,
  settling,
  scrubbing,
  outbox,
  report,
  receive,
  mint,
  logTail,
}: Options) => {
  const clockNow = (): Reply => {
    return { status: 200, body: { now: new Date(clock.now()).toISOString(), offset: clock.offset() } };
  };
  const routes: Record<string, (request: IncomingMessage, query: URLSearchParams) => Promise<Reply> | Reply> = {
    'GET /_local/clock': clockNow,
    async 'POST /_local/clock'(request) {
      await settling.moveTo(targetOf(await readJson(request), clock.now()));
      return clockNow();
    },
    async 'POST /_local/idle'(request) {
      const { timeoutMs = 10_000, tenant } = only(await readJson(request), 'timeoutMs', 'tenant');
      if (!(Number.isFinite(timeoutMs) && timeoutMs >= 0 && timeoutMs <= mostWait)) {
        throw new BadInput(`timeoutMs must be a number from 0 to ${mostWait}`);
      }
      const pending = await settling.settle(timeoutMs, tenant === undefined ? undefined : text(tenant, 'tenant'));
      if (Object.keys(pending).length) return { status: 504, body: { idle: false, pending } };
      if (tenant === undefined) await scrubbing.ifWanted(); // while others work, files cannot be rewritten
      return { status: 200, body: { idle: true } };
    },
    async 'GET /_local/indexes'() {
      await engine.caughtUp?.();
      return { status: 200, body: { late: false } };
    },
    'GET /_local/outbox'(_, query) {
      const [to, channel] = [query.get('to') ?? undefined, query.get('channel') ?? undefined];
      return { status: 200, body: { items: outbox({ to, channel }) } };
    },
    async 'POST /_local/report'(request) {
      const { messageId, ...body } = only(
        await readJson(request),
        ...['messageId', 'type', 'userAgent', 'ip', 'link', 'permanent'],
      );
      const heard = report(text(messageId, 'messageId'), reportIn(body));
      if (heard !== undefined) return { status: 200, body: { reported: heard } };
      return { status: 404, body: { message: 'the outbox has no e-mail with this messageId' } };
    },
    async 'POST /_local/inbound'(request, query) {
      // a plus sign of an address arrives from a URL as a space
      const to = text(query.get('to')?.trim().replaceAll(' ', '+'), 'to');
      const handled = await receive(to, await readBytes(request));
      if (handled) return { status: 200, body: handled };
      return { status: 404, body: { message: `no company has the mailbox ${to}: PUT /v1/mailboxes/{address} first` } };
    },
    async 'POST /_local/token'(http) {
      const request = only(await readJson(http), 'tenant', 'roles', 'scopes', 'subject');
      const token = await mint({
        tenant: text(request.tenant, 'tenant'),
        roles: texts(request.roles ?? [], 'roles'),
        ...(request.scopes !== undefined && { scopes: texts(request.scopes, 'scopes') }),
        ...(request.subject !== undefined && { subject: text(request.subject, 'subject') }),
      });
      return { status: 200, body: { token } };
    },
    'GET /_local/log'(_, query) {
      return { status: 200, body: logTail(Math.max(1, Math.floor(Number(query.get('tail')) || 100))) };
    },
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const route = routes[`${request.method} ${url.pathname}`];
    let reply: Reply;
    try {
      if (isForeign(request))
        throw new Foreign('only this machine may call it: not a page of another origin, nor under another host name');
      reply = route
        ? await route(request, url.searchParams)
        : { status: 404, body: { message: `here are ${Object.keys(routes).join(', ')}` } };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      reply = { status: error instanceof BadInput ? 400 : error instanceof Foreign ? 403 : 500, body: { message } };
    }
    const plain = typeof reply.body === 'string';
    response.writeHead(reply.status, { 'content-type': plain ? 'text/plain; charset=utf-8' : 'application/json' });
    response.end(plain ? reply.body : JSON.stringify(reply.body));
  };
};

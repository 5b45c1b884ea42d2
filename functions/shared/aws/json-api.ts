import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { env } from './env.ts';
import { type Credentials, signed } from './sign.ts';

export type CredentialsOf = () => Credentials | Promise<Credentials>;

type Api = {
  /** as it is signed and addressed: `dynamodb` */
  service: string;
  /** what its operations are named under: `DynamoDB_20120810`; a service of the Query protocol takes forms instead */
  target?: string;
  version?: '1.0' | '1.1';
  endpoint?: string | undefined;
  /** milliseconds without an answer, after which a request is sent again */
  timeout?: number;
};

const mostAttempts = 4;

/** milliseconds before a second attempt; each further one may wait twice as long */
const waits = { throttled: 1000, passing: 25 };

const throttled =
  /^(ProvisionedThroughputExceeded|Throttling|RequestLimitExceeded|LimitExceeded|TransactionInProgress)/;
const disconnected = ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT'];
const unreachable = ['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'];

type Failed = Error & { code?: string; $metadata?: { httpStatusCode: number } };

/** the longest wait before the same is sent again; undefined where that is of no use */
const waitAfter = ({ name, code = '', $metadata }: Failed) => {
  if (throttled.test(name) || $metadata?.httpStatusCode === 429) return waits.throttled;
  const passes = name === 'TimeoutError' || unreachable.includes(code) || Number($metadata?.httpStatusCode) >= 500;
  return passes ? waits.passing : undefined;
};

/** the error of a connection, by the name that the SDK gives it */
const lost = (error: Failed) =>
  disconnected.includes(error.code ?? '') ? Object.assign(error, { name: 'TimeoutError' }) : error;

const late = (service: string, milliseconds: number) =>
  Object.assign(new Error(`${service} did not answer within ${milliseconds} ms`), { name: 'TimeoutError' });

type Refusal = { __type?: string; message?: string; Message?: string };

const tagged = (xml: string, tag: string) => new RegExp(`<${tag}>([^<]*)<`).exec(xml)?.[1] ?? '';

const parsed = (text: string): Refusal => {
  if (text.startsWith('<')) return { __type: tagged(text, 'Code'), message: tagged(text, 'Message') };
  try {
    return JSON.parse(text);
  } catch {
    return {}; // of something in between
  }
};

const refused = (service: string, status: number, text: string) => {
  const { __type = '', message, Message, ...rest } = parsed(text);
  return Object.assign(new Error(message ?? Message ?? `${service} answered with ${status}`), rest, {
    name: __type.split('#').at(-1) || 'Unknown',
    $metadata: { httpStatusCode: status },
  });
};

/**
 * Operations of a service that speaks JSON, with the retries and the names of errors of the SDK, in a fifth of its time: it signs,
 * keeps its connections, and knows no models of what it carries.
 */
export const jsonApi = ({ service, target, version = '1.0', endpoint, timeout = 10_000 }: Api) => {
  const region = env.region();
  const {
    protocol,
    hostname,
    port,
    host,
    pathname: path,
  } = new URL(endpoint ?? `https://${service}.${region}.amazonaws.com`);
  const client = protocol === 'https:' ? https : http;
  const agent = new client.Agent({ keepAlive: true, maxSockets: 50 });

  const post = (operation: string, body: string, credentials: Credentials) => {
    const headers = {
      host,
      'content-type': target ? `application/x-amz-json-${version}` : 'application/x-www-form-urlencoded; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
      ...(target ? { 'x-amz-target': `${target}.${operation}` } : {}),
    };
    return new Promise<string>((settle, fail) => {
      const options = { hostname, port, path, method: 'POST', agent };
      const sent = signed({ service, region, path, headers, body }, credentials);
      const request = client.request({ ...options, headers: sent }, response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => void chunks.push(chunk));
        response.on('error', error => fail(lost(error)));
        response.on('end', () => {
          const [status = 0, text] = [response.statusCode, Buffer.concat(chunks).toString()];
          if (status === 200) settle(text);
          else fail(refused(service, status, text));
        });
      });
      request.setTimeout(timeout, () => void request.destroy(late(service, timeout)));
      request.on('error', error => fail(lost(error)));
      request.end(body);
    });
  };

  /** JSON in, JSON out; `credentialsOf`: whose, where not those of the function */
  return async (operation: string, body: string, credentialsOf: CredentialsOf = env.credentials): Promise<string> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await post(operation, body, await credentialsOf());
      } catch (error) {
        const wait = waitAfter(error as Failed);
        if (wait === undefined || attempt === mostAttempts) throw error;
        await sleep(Math.random() * wait * 2 ** (attempt - 1));
      }
    }
  };
};

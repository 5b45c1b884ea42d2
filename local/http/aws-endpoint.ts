import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { AwsError, caller, type Platform } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import { queryCall, queryError, queryReply } from './aws-query.ts';
import { restCall } from './aws-routes.ts';
import { isForeign, isForeignHost } from './foreign.ts';

const targets: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  Outbound: 'outbound',
};

/** the largest body of any service that is read here; S3 is streamed through */
const mostBody = 16 * 1024 * 1024;

type Options = {
  /** services that speak HTTP themselves: dynamodb, sqs, s3 */
  upstream: Record<string, string>;
  platform: Platform;
};

type Reply = { status?: number; headers?: Record<string, string>; body: string };
type Protocol = { reply(): Promise<Reply>; error(error: AwsError): Reply };

const scopeOf = (request: IncomingMessage, url: URL) => {
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1];
  return (credential ?? url.searchParams.get('X-Amz-Credential') ?? '').split('/')[3];
};

const serviceOf = (request: IncomingMessage, url: URL) => {
  const target = String(request.headers['x-amz-target'] ?? '').split('.')[0]!;
  const named = targets[target] ?? scopeOf(request, url);
  return named === 'streams.dynamodb' ? 'dynamodb' : named;
};

const readText = async (request: IncomingMessage) => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > mostBody) throw new AwsError('RequestEntityTooLarge', 'the request is too large', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const asJson = (text: string): Properties => {
  try {
    return JSON.parse(text || '{}');
  } catch {
    throw new AwsError('SerializationException', 'the request is not JSON');
  }
};

const asAwsError = (error: unknown) =>
  error instanceof AwsError ? error : new AwsError('InternalFailure', String((error as Error)?.stack ?? error), 500);

const jsonProtocol = (platform: Platform, name: string, request: IncomingMessage): Protocol => {
  const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
  const headers = { 'content-type': request.headers['content-type'] ?? 'application/x-amz-json-1.1' };
  return {
    async reply() {
      const input = {
        ...asJson(await readText(request)),
        [caller]: String(request.headers['x-amz-security-token'] ?? ''),
      };
      const result = await platform.call(name, operation, input);
      return { headers, body: JSON.stringify(result ?? {}) };
    },
    error: ({ code, message }) => ({
      headers: { ...headers, 'x-amzn-errortype': code },
      body: JSON.stringify({ __type: code, message }),
    }),
  };
};

const restProtocol = (platform: Platform, url: URL, request: IncomingMessage): Protocol => ({
  async reply() {
    const text = await readText(request);
    const isInvoke = url.pathname.startsWith('/2015-03-31/'); // Lambda gets the body as it is
    const call = restCall(request.method ?? 'GET', url, isInvoke ? {} : asJson(text));
    if (!call)
      throw new AwsError('UnknownOperationException', `the local stack has no ${request.method} ${url.pathname}`, 404);
    if (!isInvoke)
      return { body: JSON.stringify((await platform.call(call.service, call.operation, call.input)) ?? {}) };
    const InvocationType = request.headers['x-amz-invocation-type'];
    const input = { ...call.input, InvocationType, Payload: text || '{}' };
    const { StatusCode, FunctionError, Payload = '' } = await platform.call('lambda', 'Invoke', input);
    return { status: StatusCode, headers: FunctionError && { 'x-amz-function-error': FunctionError }, body: Payload };
  },
  error: ({ code, message }) => ({
    headers: { 'x-amzn-errortype': code },
    body: JSON.stringify({ message, Message: message }),
  }),
});

/** the keys that the caller has already: the local stack keeps nobody apart, but a role is used as if it did */
const session = ({ clock }: Platform, { headers }: IncomingMessage) => ({
  Credentials: {
    ...{ AccessKeyId: 'local', SecretAccessKey: 'local' },
    SessionToken: String(headers['x-amz-security-token'] ?? 'local'),
    Expiration: new Date(clock.now() + 3_600_000).toISOString(),
  },
});

const queryProtocol = (platform: Platform, name: string, request: IncomingMessage): Protocol => {
  const headers = { 'content-type': 'text/xml' };
  const requestId = randomUUID();
  const identity = { Arn: `arn:aws:iam::${platform.account}:root`, UserId: 'local', Account: platform.account };
  return {
    async reply() {
      const { operation, input } = queryCall(await readText(request));
      const known: Record<string, () => unknown> = {
        GetCallerIdentity: () => identity,
        AssumeRole: () => session(platform, request),
      };
      const result = known[operation]?.() ?? (await platform.call(name, operation, input));
      return { headers, body: queryReply(operation, result, requestId) };
    },
    error: ({ code, message }) => ({ headers, body: queryError(code, message, requestId) }),
  };
};

const answer = async ({ reply, error }: Protocol, response: ServerResponse) => {
  const result = await reply().catch(caught => {
    const problem = asAwsError(caught);
    return { status: problem.status, ...error(problem) } as Reply;
  });
  const { status = 200, headers, body } = result;
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers });
  response.end(body);
};

const refuse = (response: ServerResponse) => {
  const message = 'only this machine may call it: not a page of another origin, nor under another host name';
  response.writeHead(403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
};

/** One address for all services of the stack, for the AWS CLI, SDKs and the functions. */
export const awsEndpoint = ({ upstream, platform }: Options) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });

  const forward = (base: string, request: IncomingMessage, response: ServerResponse) => {
    const { method, headers } = request;
    const options = { method, headers, agent, setHost: false };
    const sent = send(`${base}${request.url}`, options, reply => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    sent.on('error', error => {
      if (!response.headersSent) response.writeHead(502, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ __type: 'ServiceUnavailable', message: error.message }));
    });
    response.on('close', () => {
      if (!response.writableFinished) sent.destroy(); // the caller went away
    });
    request.pipe(sent);
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://local');
    // a page may use a link to a file that it was given
    const isLink = url.searchParams.has('X-Amz-Signature');
    if (isLink ? isForeignHost(request) : isForeign(request)) return refuse(response);
    const name = serviceOf(request, url);
    const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    if (isForm && url.pathname === '/' && name !== 's3')
      return answer(queryProtocol(platform, name ?? '', request), response);
    if (name && upstream[name]) return forward(upstream[name], request, response);
    if (request.headers['x-amz-target']) return answer(jsonProtocol(platform, name ?? '', request), response);
    if (name) return answer(restProtocol(platform, url, request), response);
    forward(upstream.s3!, request, response); // no signature: a link to an object
  };
};

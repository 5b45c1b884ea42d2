import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { AwsError, type Service } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import { queryCall, queryError, queryReply } from './aws-query.ts';
import { restCall } from './aws-routes.ts';

/** beginnings of X-Amz-Target by service */
const targets: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
};

/** the largest body any of the services spoken to here takes; S3 is streamed through */
const mostBody = 16 * 1024 * 1024;

type Options = {
  /** services that speak HTTP themselves: dynamodb, sqs, s3 */
  upstream: Record<string, string>;
  services: Service[];
  account: string;
};

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

const refusalOf = (error: unknown) =>
  error instanceof AwsError ? error : new AwsError('InternalFailure', String((error as Error)?.stack ?? error), 500);

/** One address for all services of the stack, for the AWS CLI, SDKs and the functions. */
export const awsEndpoint = ({ upstream, services, account }: Options) => {
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

  const service = (name: string) => {
    const found = services.find(one => one.name === name);
    if (found) return found;
    throw new AwsError('UnknownEndpoint', `the local stack offers no ${name}`, 404);
  };

  const answerJson = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
    const type = request.headers['content-type'] ?? 'application/x-amz-json-1.1';
    try {
      const result = await service(name).call(operation, asJson(await readText(request)));
      response.writeHead(200, { 'content-type': type, 'x-amzn-requestid': randomUUID() });
      response.end(JSON.stringify(result ?? {}));
    } catch (error) {
      const { code, message, status } = refusalOf(error);
      response.writeHead(status, { 'content-type': type, 'x-amzn-errortype': code });
      response.end(JSON.stringify({ __type: code, message }));
    }
  };

  const answerRest = async (request: IncomingMessage, url: URL, response: ServerResponse) => {
    try {
      const text = await readText(request);
      const plain = url.pathname.startsWith('/2015-03-31/'); // Lambda takes the event as it is
      const call = restCall(request.method ?? 'GET', url, plain ? {} : asJson(text));
      if (!call)
        throw new AwsError('UnknownOperationException', `${request.method} ${url.pathname} is not offered here`, 404);
      const { operation, input } = call;
      const InvocationType = request.headers['x-amz-invocation-type'];
      const result = await service(call.service).call(
        operation,
        plain ? { ...input, InvocationType, Payload: text || '{}' } : input,
      );
      if (!plain) {
        response.writeHead(200, { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() });
        response.end(JSON.stringify(result ?? {}));
        return;
      }
      const { StatusCode, FunctionError, Payload = '' } = result as Properties;
      response.writeHead(StatusCode, {
        'content-type': 'application/json',
        ...(FunctionError && { 'x-amz-function-error': FunctionError }),
      });
      response.end(Payload);
    } catch (error) {
      const { code, message, status } = refusalOf(error);
      response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code });
      response.end(JSON.stringify({ message, Message: message }));
    }
  };

  const answerQuery = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    const { operation, input } = queryCall(await readText(request));
    const identity = { Arn: `arn:aws:iam::${account}:root`, UserId: 'local', Account: account };
    try {
      const result = operation === 'GetCallerIdentity' ? identity : await service(name).call(operation, input);
      response.writeHead(200, { 'content-type': 'text/xml' });
      response.end(queryReply(operation, result, requestId));
    } catch (error) {
      const { code, message, status } = refusalOf(error);
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(queryError(code, message, requestId));
    }
  };

  return async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://local');
    const name = serviceOf(request, url);
    const form =
      request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') && url.pathname === '/';
    if (form && name !== 's3') return answerQuery(name ?? '', request, response);
    if (name && upstream[name]) return forward(upstream[name], request, response);
    if (request.headers['x-amz-target']) return answerJson(name ?? '', request, response);
    if (name) return answerRest(request, url, response);
    forward(upstream.s3!, request, response); // no signature: a link to an object
  };
};

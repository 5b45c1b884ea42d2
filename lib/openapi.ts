import { text } from './docs/markdown.ts';
import components from './openapi/components.json' with { type: 'json' };
import { linksOf } from './openapi/links.ts';
import { bodyNames, itemOf, replyNames } from './openapi/names.ts';
import { type Contracts, capital, type Operation, operationsOf, takesIdempotencyKey } from './openapi/operations.ts';
import { parametersOf } from './openapi/parameters.ts';
import { problemsOf } from './openapi/problems.ts';
import { componentsOf, inputSchema, type Json, outputSchema, refTo, resolve } from './openapi/schemas.ts';
import { shareParts } from './openapi/share.ts';

const callers: Record<Operation['route']['auth'], [description: string, security: Json[]]> = {
  token: ['Needs a token.', [{ token: [] }]],
  customer: ['Needs a customer’s own token, and acts for that customer.', [{ customer: [] }]],
  // trackers may also put the key into the query or the body
  writeKey: ['Needs a write key.', [{ writeKey: [] }, {}]],
  link: ['Needs the signature in the link.', []],
  none: ['Open to everyone.', []],
};

const callerOf = ({ auth, scope, also = [] }: Operation['route']) =>
  scope
    ? {
        description: `Needs the ${also.length ? 'scopes' : 'scope'} ${[scope, ...also].map(one => `\`${one}\``).join(', ')}.`,
        security: [{ token: [scope, ...also] }],
      }
    : { description: callers[auth][0], security: callers[auth][1] };

const bodyOf = ({ auth, body, rawBody, example }: Operation['route'], schema: Json | undefined) => {
  const content = { ...(example === undefined ? {} : { example }) };
  const any = { schema: schema ?? (auth === 'writeKey' ? { type: 'object' } : {}), ...content };
  if (rawBody) return { requestBody: { content: { '*/*': any } } };
  if (!body) return {};
  const required = !body.safeParse({}).success;
  return { requestBody: { required, content: { 'application/json': { schema, ...content } } } };
};

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });

const descriptions: Record<number, string> = { 201: 'Created', 202: 'Accepted', 204: 'Done, without a body' };

const successOf = (operation: Operation, schema: Json, versioned: boolean, links?: Json): Record<string, Json> => {
  const { route, method } = operation;
  const headers = {
    ...(versioned ? { ETag: header('ETag') } : {}),
    ...(route.location && route.status === 201 ? { Location: header('Location') } : {}),
    ...(takesIdempotencyKey(operation) ? { 'Idempotency-Replayed': header('IdempotencyReplayed') } : {}),
  };
  const media = route.produces
    ? {
        [route.produces]: { schema: { type: 'string' } },
        ...(route.orProduces ? { [route.orProduces]: { schema: { type: 'string', format: 'binary' } } } : {}),
      }
    : { 'application/json': { schema } };
  const reply = {
    description: descriptions[route.status] ?? 'Done',
    ...(Object.keys(headers).length ? { headers } : {}),
    ...(route.status === 204 ? {} : { content: media }),
    ...(links ? { links } : {}),
  };
  const refused = { content: { [route.produces ?? 'application/json']: { schema } } };
  return {
    [route.status]: reply,
    // an upsert creates a record that does not exist
    ...(route.location && route.status === 200
      ? { 201: { ...reply, description: 'Created', headers: { ...headers, Location: header('Location') } } }
      : {}),
    ...(method === 'get' && versioned ? { 304: { description: 'Not modified' } } : {}),
    // trackers get errors in the shape that they know
    ...(route.auth === 'writeKey' ? { 400: { description: 'The request is malformed or too large', ...refused } } : {}),
    ...(route.auth === 'writeKey' ? { 401: { description: 'The write key is missing or invalid', ...refused } } : {}),
  };
};

/** The OpenAPI 3.1 document of all declared routes. */
export const openapi = (contracts: Contracts, version: string) => {
  const operations = operationsOf(contracts);
  const [replies, bodies] = [replyNames(contracts, operations), bodyNames(operations)];
  const schemas = { ...components.schemas, ...componentsOf(bodies, 'input'), ...componentsOf(replies, 'output') };

  const replyRef = ({ route: { reply } }: Operation): Json => {
    const item = itemOf(reply);
    const [named, itemName] = [replies.get(reply), item && replies.get(item)];
    if (named) return refTo(named.id);
    if (!itemName) return outputSchema(reply);
    const nextCursor = { type: ['string', 'null'], description: 'null on the last page' };
    // the schema of the items is a component, with all that it refers to
    const { $defs: _, ...whole } = outputSchema(reply);
    const items = { type: 'array', items: refTo(itemName.id) };
    return { ...whole, properties: { ...(whole.properties as Json), items, nextCursor } };
  };
  const replyOf = (operation: Operation) => resolve(replyRef(operation), schemas);

  const operationOf = (operation: Operation) => {
    const { name, context, route } = operation;
    const versioned = Boolean((replyOf(operation)?.properties as Json | undefined)?.version);
    const parameters = parametersOf(operation, operations, replyOf);
    const body = route.body && bodies.get(route.body);
    return {
      operationId: name,
      tags: [context],
      summary: route.summary,
      ...callerOf(route),
      ...(parameters.length ? { parameters } : {}),
      ...bodyOf(route, body ? refTo(body.id) : route.body && inputSchema(route.body)),
      responses: {
        ...successOf(operation, replyRef(operation), versioned, linksOf(operation, operations)),
        ...problemsOf(operation, parameters),
      },
    };
  };

  const described = operations.map(operation => ({ ...operation, described: operationOf(operation) }));
  const { parameters, responses } = shareParts(described.map(({ described }) => described));
  const paths: Record<string, Json> = {};
  for (const { path, method, described: operation } of described) paths[path] = { ...paths[path], [method]: operation };
  const tags = Object.entries(contracts)
    .filter(([, { routes = {} }]) => Object.keys(routes).length)
    .map(([name, { about }]) => ({ name, 'x-displayName': capital(name), ...(about ? { description: about } : {}) }));
  return {
    openapi: '3.1.0',
    info: { title: 'Rapport', version, description: text('api') },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: { ...components, schemas, parameters: { ...components.parameters, ...parameters }, responses },
  };
};

import { type Contracts, type Operation, operationsOf } from './openapi/declared.ts';
import { introduction } from './openapi/introduction.ts';
import { bodyNames, capital, itemOf, replyNames } from './openapi/naming.ts';
import { headerParameters, parametersOf, resolve } from './openapi/parameters.ts';
import { problemSchemas, problemsOf } from './openapi/problems.ts';
import { refusalStatuses } from './openapi/refusal-codes.ts';
import { replyHeaders, successOf } from './openapi/replies.ts';
import { componentsOf, inputSchema, type Json, outputSchema, refTo } from './openapi/schemas.ts';

const securitySchemes = {
  token: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token of the user pool (or of the local runtime: `POST /_local/token`). It names tenant, roles and scopes.',
  },
  customer: {
    type: 'http',
    scheme: 'bearer',
    description:
      'A customer’s own token: `POST /v1/portal/token`, or `POST /v1/customers/{id}/tokens` for your own login.',
  },
  writeKey: {
    type: 'http',
    scheme: 'basic',
    description: 'A tracker’s write key as the user name, an empty password.',
  },
};

const securityOf = ({ auth, scope }: Operation['route']): Json[] => {
  if (auth === 'token') return [{ token: scope ? [scope] : [] }];
  if (auth === 'customer') return [{ customer: [] }];
  // a tracker may also put its key into the query or the body
  return auth === 'writeKey' ? [{ writeKey: [] }, {}] : [];
};

const callers: Record<Operation['route']['auth'], string> = {
  token: 'Needs a token.',
  customer: 'Needs a customer’s own token; about that customer alone.',
  writeKey: 'Needs a write key.',
  link: 'Needs nothing but the link itself, which is signed.',
  none: 'Open to all.',
};

const descriptionOf = ({ auth, scope }: Operation['route']) =>
  scope ? `Needs the scope \`${scope}\`.` : callers[auth];

/** trackers are refused in the shape that they know */
const refusedTrackers = ({ route: { auth, produces = 'application/json' } }: Operation, schema: Json) => {
  if (auth !== 'writeKey') return {};
  const content = { [produces]: { schema } };
  return {
    400: { description: 'Malformed, or larger than trackers may send', content },
    401: { description: 'No write key, or not a valid one', content },
  };
};

const bodyOf = ({ route }: Operation, schema: Json | undefined) => {
  const example = route.example === undefined ? {} : { example: route.example };
  const own = route.auth === 'writeKey' ? { type: 'object' } : {};
  if (route.rawBody)
    return {
      requestBody: {
        content: { '*/*': { schema: schema ?? own, ...example } },
      },
    };
  if (!schema) return {};
  // no body is read as {}
  const required = !route.body?.safeParse({}).success;
  return { requestBody: { required, content: { 'application/json': { schema, ...example } } } };
};

/** The OpenAPI 3.1 document of all declared routes. */
export const openapi = (contracts: Contracts, version: string) => {
  const operations = operationsOf(contracts);
  const [replies, bodies] = [replyNames(contracts, operations), bodyNames(operations)];
  const schemas = { ...problemSchemas, ...componentsOf(bodies, 'input'), ...componentsOf(replies, 'output') };
  const statusOf = refusalStatuses();

  const replyRef = ({ route: { reply } }: Operation): Json => {
    const named = replies.get(reply);
    if (named) return refTo(named.id);
    const item = itemOf(reply);
    const itemName = item && replies.get(item);
    if (!itemName) return outputSchema(reply);
    const items = { type: 'array', items: refTo(itemName.id) };
    return {
      type: 'object',
      required: ['items', 'nextCursor'],
      properties: { items, nextCursor: { type: ['string', 'null'], description: 'null on the last page' } },
    };
  };
  const shown = { operations, replySchema: (operation: Operation) => resolve(replyRef(operation), schemas) };

  const operationOf = (operation: Operation) => {
    const { name, context, route } = operation;
    const reply = replyRef(operation);
    const versioned = Boolean((resolve(reply, schemas)?.properties as Json | undefined)?.version);
    const parameters = parametersOf(operation, shown, versioned);
    const body = route.body && bodies.get(route.body);
    return {
      operationId: name,
      tags: [context],
      summary: route.summary,
      description: descriptionOf(route),
      security: securityOf(route),
      ...(parameters.length ? { parameters } : {}),
      ...bodyOf(operation, body ? refTo(body.id) : route.body && inputSchema(route.body)),
      responses: {
        ...successOf(operation, reply, versioned),
        ...refusedTrackers(operation, reply),
        ...problemsOf(operation, statusOf),
      },
    };
  };

  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replace('+}', '}');
    paths[path] = { ...paths[path], [operation.method]: operationOf(operation) };
  }
  const tags = Object.entries(contracts)
    .filter(([, { routes = {} }]) => Object.keys(routes).length)
    .map(([name, { about }]) => ({ name, 'x-displayName': capital(name), ...(about ? { description: about } : {}) }));
  return {
    openapi: '3.1.0',
    info: { title: 'Rapport', version, description: introduction },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: { schemas, parameters: headerParameters, headers: replyHeaders, securitySchemes },
  };
};

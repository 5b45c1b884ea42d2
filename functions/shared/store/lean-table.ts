import { randomUUID } from 'node:crypto';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { env } from '../aws/env.ts';
import { type CredentialsOf, jsonApi } from '../aws/json-api.ts';
import type { Table } from './table.ts';

const operations = {
  get: 'GetItem',
  put: 'PutItem',
  update: 'UpdateItem',
  delete: 'DeleteItem',
  query: 'Query',
  scan: 'Scan',
  batchGet: 'BatchGetItem',
  batchWrite: 'BatchWriteItem',
  transactWrite: 'TransactWriteItems',
} satisfies Record<keyof Table, string>;

type Convert = (item: never) => unknown;

const items = new Set([
  'Item',
  'Key',
  'ExclusiveStartKey',
  'ExpressionAttributeValues',
  'Attributes',
  'LastEvaluatedKey',
]);
const lists = new Set(['Items', 'Keys']);

/** an input or an output with its items converted, wherever it has any */
const converted = (part: unknown, convert: Convert): unknown => {
  if (Array.isArray(part)) return part.map(one => converted(one, convert));
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([name, value]) => {
    if (value === undefined) return [name, value];
    if (items.has(name)) return [name, convert(value as never)];
    if (lists.has(name)) return [name, (value as never[]).map(convert)];
    if (name === 'Responses') return [name, byTable(value, convert)];
    return [name, converted(value, convert)];
  });
  return Object.fromEntries(entries);
};

const byTable = (responses: Record<string, never[]>, convert: Convert) =>
  Object.fromEntries(Object.entries(responses).map(([table, found]) => [table, found.map(convert)]));

/** JSON has no binary: it carries it as base64, which few items have */
function encoded(this: Record<string, unknown>, name: string, value: unknown) {
  const given = this[name];
  return given instanceof Uint8Array ? Buffer.from(given).toString('base64') : value;
}

const toJson = (input: object) => {
  const text = JSON.stringify(input);
  return /"BS?":[[{]/.test(text) ? JSON.stringify(input, encoded) : text;
};

const decoded = (name: string, value: unknown) =>
  name === 'B' && typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : value;

const fromJson = (text: string) => JSON.parse(text, text.includes('{"B":"') ? decoded : undefined);

const options = { removeUndefinedValues: true };

type Options = { timeout?: number };

/** The table by requests that are made here, for whoever has credentials: see table.ts. */
export const leanTables = ({ timeout }: Options = {}) => {
  const api = { service: 'dynamodb', target: 'DynamoDB_20120810', endpoint: env.tableEndpoint() };
  const send = jsonApi({ ...api, ...(timeout ? { timeout } : {}) });
  const call = async (operation: string, input: object, credentialsOf?: CredentialsOf) => {
    // a transaction that is sent again because its reply was lost is not done again
    const token = operation === operations.transactWrite ? { ClientRequestToken: randomUUID() } : {};
    const given = converted(input, item => marshall(item, options)) as object;
    const text = await send(operation, toJson({ ...token, ...given }), credentialsOf);
    return converted(fromJson(text), item => unmarshall(item));
  };
  return (credentialsOf?: CredentialsOf): Table => {
    const calls = Object.entries(operations).map(([name, operation]) => [
      name,
      (input: object) => call(operation, input, credentialsOf),
    ]);
    return Object.fromEntries(calls) as Table;
  };
};

/** that, with the credentials of the function */
export const leanTable = (options?: Options): Table => leanTables(options)();

import { createRequire } from 'node:module';
import type * as sdk from '@aws-sdk/client-dynamodb';
import type * as lib from '@aws-sdk/lib-dynamodb';
import { env } from '../aws/env.ts';
import { sessionOf } from '../aws/sessions.ts';
import { leanTable, leanTables } from './lean-table.ts';

type Reply<Output> = Promise<Omit<Output, '$metadata'>>;

/** The calls of the SDK's document client that the store makes. */
export type Table = {
  get(input: lib.GetCommandInput): Reply<lib.GetCommandOutput>;
  put(input: lib.PutCommandInput): Reply<lib.PutCommandOutput>;
  update(input: lib.UpdateCommandInput): Reply<lib.UpdateCommandOutput>;
  delete(input: lib.DeleteCommandInput): Reply<lib.DeleteCommandOutput>;
  query(input: lib.QueryCommandInput): Reply<lib.QueryCommandOutput>;
  scan(input: lib.ScanCommandInput): Reply<lib.ScanCommandOutput>;
  batchGet(input: lib.BatchGetCommandInput): Reply<lib.BatchGetCommandOutput>;
  batchWrite(input: lib.BatchWriteCommandInput): Reply<lib.BatchWriteCommandOutput>;
  transactWrite(input: lib.TransactWriteCommandInput): Reply<lib.TransactWriteCommandOutput>;
};

type Refusals = {
  ConditionalCheckFailedException: sdk.ConditionalCheckFailedException;
  TransactionCanceledException: sdk.TransactionCanceledException;
};

export const isRefusal = <Name extends keyof Refusals>(error: unknown, name: Name): error is Refusals[Name] =>
  error instanceof Error && error.name === name;

/** the SDK, which no bundle contains: with profiles, sign-on and all else that a machine of people may need */
export const sdkTable = (): Table => {
  const load = createRequire(import.meta.url);
  const { DynamoDBClient } = load('@aws-sdk/client-dynamodb') as typeof sdk;
  const { DynamoDBDocument } = load('@aws-sdk/lib-dynamodb') as typeof lib;
  return DynamoDBDocument.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
};

let opened: Table | undefined;
let forCompanies: ReturnType<typeof leanTables> | undefined;
const tables = new Map<string, Table>();
const most = 1000;

/** The table with the rights of the function; where IAM keeps companies apart, that of a company with rights to its items only. */
export const table = (tenant?: string): Table => {
  const role = env.tableRole();
  if (!role || !tenant) {
    opened ??= env.tableTransport() === 'sdk' ? sdkTable() : leanTable();
    return opened;
  }
  if (tables.size > most) tables.clear();
  forCompanies ??= leanTables();
  const own = tables.get(tenant) ?? forCompanies(() => sessionOf(role, tenant));
  tables.set(tenant, own);
  return own;
};

import { AwsError, type Platform, type Service } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import type { Engine } from './engine.ts';

export type Table = {
  name: string;
  keys: string[];
  ttlAttribute?: string;
  streamArn?: string;
};

export type Tables = Service & { all(): Table[]; byStream(arn: string): Table | undefined };

const forCreation = ({ KeySchema, AttributeDefinitions, ...properties }: Properties, name: string) => {
  const indexes = ({ IndexName, KeySchema, Projection }: Properties) => ({ IndexName, KeySchema, Projection });
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, StreamSpecification } = properties;
  return {
    TableName: name,
    KeySchema,
    AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    ...(GlobalSecondaryIndexes?.length && { GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(indexes) }),
    ...(LocalSecondaryIndexes?.length && { LocalSecondaryIndexes: LocalSecondaryIndexes.map(indexes) }),
    ...(StreamSpecification && { StreamSpecification: { StreamEnabled: true, ...StreamSpecification } }),
  };
};

type Description = { GlobalSecondaryIndexes?: { IndexName: string }[]; LatestStreamArn?: string };

/** what a newer template adds to a table that exists already */
const updates = (wanted: ReturnType<typeof forCreation>, found: Description) => {
  const there = new Set(found.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const { TableName, AttributeDefinitions } = wanted;
  const added = (wanted.GlobalSecondaryIndexes ?? []).filter(({ IndexName }: Properties) => !there.has(IndexName));
  const changes: Properties[] = added.map((Create: Properties) => ({
    TableName,
    AttributeDefinitions,
    GlobalSecondaryIndexUpdates: [{ Create }],
  }));
  if (wanted.StreamSpecification && !found.LatestStreamArn) {
    changes.push({ TableName, StreamSpecification: wanted.StreamSpecification });
  }
  return changes;
};

export const openTables = ({ call }: Engine, { region, account }: Platform, stackName: string): Tables => {
  const known = new Map<string, Table>();

  const describe = async (TableName: string) =>
    (await call<{ Table: Description }>('DynamoDB.DescribeTable', { TableName })).Table;
  const make = async (wanted: ReturnType<typeof forCreation>) => {
    try {
      const found = await describe(wanted.TableName);
      for (const change of updates(wanted, found)) await call('DynamoDB.UpdateTable', change);
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
      await call('DynamoDB.CreateTable', wanted);
    }
    return describe(wanted.TableName);
  };
  const expire = async (TableName: string, AttributeName: string) => {
    const { TimeToLiveDescription: now } = await call<Properties>('DynamoDB.DescribeTimeToLive', { TableName });
    if (now?.AttributeName === AttributeName) return;
    const TimeToLiveSpecification = { Enabled: true, AttributeName };
    await call('DynamoDB.UpdateTimeToLive', { TableName, TimeToLiveSpecification });
  };

  return {
    name: 'dynamodb',
    types: ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
    async provide(logicalId, _type, properties) {
      const name = properties.TableName ?? `${stackName}-${logicalId}`;
      const wanted = forCreation(properties, name);
      await make(wanted);
      const ttl = properties.TimeToLiveSpecification;
      if (ttl?.Enabled && ttl.AttributeName) await expire(name, ttl.AttributeName);
      const arn = `arn:aws:dynamodb:${region}:${account}:table/${name}`;
      const streamArn = wanted.StreamSpecification && `${arn}/stream/local`;
      known.set(name, {
        name,
        keys: wanted.KeySchema.map(({ AttributeName }: Properties) => AttributeName),
        ...(ttl?.Enabled && { ttlAttribute: ttl.AttributeName }),
        ...(streamArn && { streamArn }),
      });
      return { ref: name, attributes: { Arn: arn, StreamArn: streamArn, TableId: logicalId } };
    },
    call: (operation, input) => call(`DynamoDB.${operation}`, input),
    all: () => [...known.values()],
    byStream: arn => [...known.values()].find(({ streamArn }) => streamArn === arn),
  };
};

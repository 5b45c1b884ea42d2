import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { table } from '../../functions/shared/store/table.ts';

/** Lets this process use the stack's own table, and gives the list of the calls it makes. */
export const ownTable = async (awsUrl: string) => {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: awsUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  });
  const { TableNames = [] } = await new DynamoDBClient({}).send(new ListTablesCommand({}));
  process.env.TABLE_NAME = TableNames[0] ?? '';
  const calls: string[] = [];
  changeTable((call, name) => input => {
    calls.push(name);
    return call(input);
  });
  return calls;
};

type Call = (input: object) => Promise<object>;

/** Has this process call the table through what `change` makes of each call. */
export const changeTable = (change: (call: Call, name: string) => Call) => {
  const calls = Object.entries(table()) as [string, Call][];
  Object.assign(table(), Object.fromEntries(calls.map(([name, call]) => [name, change(call, name)])));
};

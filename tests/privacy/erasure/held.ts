import { DynamoDBClient, ListTablesCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '../../../functions/shared/text/canonical-json.ts';
import type { World } from '../../world.ts';

/** All that the table holds of a tenant, item by item as text, as far as it is asked for. */
export const heldOf = async ({ awsUrl, tenant }: World, asked: (item: string) => boolean = () => true) => {
  const client = new DynamoDBClient({
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const held: string[] = [];
  let after: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: TableNames[0], ExclusiveStartKey: after }),
    );
    const own = (page.Items ?? []).filter(({ pk }) => pk?.S?.startsWith(`${tenant}#`));
    held.push(...own.map(canonicalJson).filter(asked));
    after = page.LastEvaluatedKey;
  } while (after);
  return held.sort();
};

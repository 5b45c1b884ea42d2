import { DynamoDBClient, ListTablesCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { canonicalJson } from '../../../functions/shared/text/canonical-json.ts';
import type { World } from '../../world.ts';

/** The items of a tenant in the table, each as text, that a condition accepts. */
export const storedItems = async ({ awsUrl, tenant }: World, accepts: (item: string) => boolean = () => true) => {
  const client = new DynamoDBClient({
    endpoint: awsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const items: string[] = [];
  let after: ScanCommandOutput['LastEvaluatedKey'];
  do {
    const page: ScanCommandOutput = await client.send(
      new ScanCommand({ TableName: TableNames[0], ExclusiveStartKey: after }),
    );
    const own = (page.Items ?? []).filter(({ pk }) => pk?.S?.startsWith(`${tenant}#`));
    items.push(...own.map(canonicalJson).filter(accepts));
    after = page.LastEvaluatedKey;
  } while (after);
  return items.sort();
};

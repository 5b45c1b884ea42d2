import { DynamoDBClient, ListTablesCommand, ScanCommand, type ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { type World, world } from '../../world.ts';
import { person } from './person.ts';

/** all that the table holds of a tenant, as text */
const heldOf = async ({ awsUrl, tenant }: World) => {
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
    held.push(
      ...(page.Items ?? []).filter(({ pk }) => pk?.S?.startsWith(`${tenant}#`)).map(item => JSON.stringify(item)),
    );
    after = page.LastEvaluatedKey;
  } while (after);
  return held;
};

const erase = (crm: World, id: string, reason = 'asked for it') =>
  crm.ask('POST /v1/customers/{id}/erase', { params: { id }, body: { reason } });

const receipt = async (crm: World, id: string) => (await crm.ask('GET /v1/erasures/{id}', { params: { id } })).body;

test('nothing is left of an erased customer, and the receipt says what was covered', async () => {
  const crm = await world();
  const ada = await person(crm, 'kelpmark');
  const told = await erase(crm, ada.id, `${ada.givenName} asked for it`);
  expect([told.status, told.body.state, told.body.reason]).toEqual([202, 'running', '… asked for it']);
  await crm.idle();
  const done = await receipt(crm, told.body.id);
  expect(done.state).toBe('done');
  const held = await heldOf(crm);
  for (const word of ada.strings) expect([word, held.filter(item => item.includes(word))]).toEqual([word, []]);
});

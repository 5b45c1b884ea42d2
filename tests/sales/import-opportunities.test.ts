import { expect, test } from 'vitest';
import { type Importing, importing, type Report } from '../customers/importing.ts';
import { world } from '../world.ts';

const header = 'Deal ID,Customer No,Name,Stage,Status,Reason,Amount,Currency,Close date,Created at,Closed at';
const fields = { of: 'opportunities', source: 'old crm' };
const fileOf = (...rows: string[]) => [header, ...rows].join('\n');

const dealsOf = async (crm: Importing): Promise<Report[]> =>
  (await crm.ask('GET /v1/opportunities', { query: { limit: 100 } })).body.items.sort((a: Report, b: Report) =>
    a.externalId < b.externalId ? -1 : 1,
  );

const company = async () => {
  const crm = importing(await world());
  const make = async (body: object) => (await crm.ask('POST /v1/customers', { body })).body.id as string;
  const ada = await make({ externalId: 'c-1', givenName: 'Ada', email: 'ada@example.com' });
  await make({ externalId: 'c-2', givenName: 'Ben' });
  return { ...crm, ada };
};

const snapshotOf = async (crm: Importing) =>
  (await crm.ask('GET /v1/pipelines/{id}/snapshot', { params: { id: 'default' } })).body;

const deals = [
  'D-1,c-1,Fleet,Proposal,open,,"1,000.00",SGD,2027-01-31,2025-01-01,',
  'D-2,c-1,Van,negotiation,won,the range,500,SGD,,2024-01-01,2024-01-24',
  'D-3,c-1,Car,,lost,,300,EUR,,2024-02-01,',
];

test('deals come in with their stage and end, at their own dates, and are counted', async () => {
  const crm = await company();
  const report = await crm.bringIn({ file: fileOf(...deals), fields });
  expect(report.rows).toEqual({ read: 3, created: 3, updated: 0, unchanged: 0, failed: 0, withErrors: 0 });
  expect(await dealsOf(crm)).toMatchObject([
    { externalId: 'D-1', stage: 'proposal', status: 'open', stageSince: '2025-01-01T00:00:00.000Z' },
    { externalId: 'D-2', stage: 'negotiation', status: 'won', closedAt: '2024-01-24T00:00:00.000Z' },
    {
      externalId: 'D-3',
      stage: 'qualified',
      status: 'lost',
      reason: 'not given',
      closedAt: '2024-02-01T00:00:00.000Z',
    },
  ]);
  const timeline = await crm.timeline(crm.ada);
  expect(timeline.map(({ type, occurredAt, data }) => [type, occurredAt.slice(0, 10), data.daysOpen]).slice(1)).toEqual(
    [
      ['opportunity.created', '2025-01-01', undefined],
      ['opportunity.lost', '2024-02-01', 0],
      ['opportunity.created', '2024-02-01', undefined],
      ['opportunity.won', '2024-01-24', 23],
      ['opportunity.created', '2024-01-01', undefined],
    ],
  );
  expect(await snapshotOf(crm)).toMatchObject({
    open: { count: 1, amounts: [{ amount: 100_000, currency: 'SGD' }] },
    won: { count: 1 },
    lost: { count: 1, amounts: [{ amount: 30_000, currency: 'EUR' }] },
  });
  expect((await crm.bringIn({ file: fileOf(...deals), fields })).rows).toMatchObject({ unchanged: 3, withErrors: 0 });
});

test('changed rows patch, advance and close as the API does; what it would refuse is told', async () => {
  const crm = await company();
  await crm.bringIn({ file: fileOf(...deals), fields });
  const report = await crm.bringIn({
    file: fileOf(
      'D-1,c-1,Fleet of ten,Negotiation,won,price,2000,SGD,,2025-01-01,',
      'D-2,c-1,Van,,open,,700,SGD,,,',
      'D-3,c-2,Car,,,,,,,,',
      'D-4,c-1,Bus,signed,,,,,,,',
      'D-5,c-1,,,maybe,,,,,,',
      'D-6,c-1,Bus,,won,,,,,2025-03-01,2025-02-01',
      'D-7,c-1,Bus,,,,12,,,,',
    ),
    fields,
  });
  expect(report.rows).toEqual({ read: 7, created: 1, updated: 1, unchanged: 1, failed: 4, withErrors: 2 });
  expect((await crm.errorsOf(report)).map(({ line, column, message }) => [line, column, message])).toEqual([
    [3, 'Status', 'The opportunity is won and cannot change.'],
    [3, 'Amount', 'The opportunity is won and cannot change.'],
    [4, 'Customer No', 'is not the customer of this opportunity'],
    [5, 'Stage', 'is not a stage of pipeline default: qualified, meeting, proposal, negotiation'],
    [6, null, 'the row has no name'],
    [6, 'Status', 'is not one of open, won, lost'],
    [7, 'Closed at', 'is before openedAt'],
    [8, 'Amount', 'has no currency: map a column to currency, or set `currency` of the import'],
  ]);
  const [first] = await dealsOf(crm);
  expect(first).toMatchObject({
    name: 'Fleet of ten',
    stage: 'negotiation',
    status: 'won',
    reason: 'price',
    amount: { amount: 200_000 },
  });
  expect(await snapshotOf(crm)).toMatchObject({
    open: { count: 1, amounts: [] },
    won: { count: 2 },
    lost: { count: 1 },
  });
});

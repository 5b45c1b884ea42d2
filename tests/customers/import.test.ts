import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { importing } from './importing.ts';

const mapping = { no: 'externalId', first: 'givenName', last: 'familyName', mail: 'email', tel: 'phone' };

const list = [
  'no,first,last,mail,tel',
  '1,Ada,Tan,ada@example.com,6123 4567',
  '2,ben,LIM,ben@example.com,+65 6123 4568',
  ',Cy,Ong,cy@example.com,',
  ',Di,Goh,,6123 4569',
].join('\n');

const fields = { mapping, country: 'SG' };

test('the rows of a file become customers, each with the import on its timeline', async () => {
  const crm = importing(await world());
  const report = await crm.bringIn({ file: list, fields });
  expect(report).toMatchObject({
    state: 'done',
    rows: { read: 4, created: 4, updated: 0, unchanged: 0, failed: 0, withErrors: 0 },
    errorsUrl: null,
    problem: null,
    progress: { bytes: list.length, size: list.length },
  });
  const found = await crm.customers();
  expect(found).toMatchObject([
    { externalId: '1', givenName: 'Ada', familyName: 'Tan', email: 'ada@example.com', phone: '+6561234567' },
    { externalId: '2', givenName: 'Ben', familyName: 'Lim', phone: '+6561234568' },
    { givenName: 'Cy', email: 'cy@example.com' },
    { givenName: 'Di', phone: '+6561234569' },
  ]);
  expect(await crm.timeline(found[0].id)).toMatchObject([
    { type: 'customer.created', data: { kind: 'person', source: 'import:sales list' } },
  ]);
});

test('the same file again changes nothing; a corrected one changes what was corrected', async () => {
  const crm = importing(await world());
  await crm.bringIn({ file: list, fields });
  const again = await crm.bringIn({ file: list, fields });
  expect(again.rows).toMatchObject({ read: 4, created: 0, updated: 0, unchanged: 4, failed: 0 });
  expect((await crm.customers()).map(({ version }) => version)).toEqual([1, 1, 1, 1]);
  const corrected = await crm.bringIn({ file: list.replace('LIM', 'Lin').replace('Ong', 'Ang'), fields });
  expect(corrected.rows).toMatchObject({ created: 0, updated: 2, unchanged: 2 });
  expect((await crm.customers()).map(({ familyName }) => familyName)).toEqual(['Tan', 'Lin', 'Ang', 'Goh']);
});

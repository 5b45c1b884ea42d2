import { expect, test } from 'vitest';
import { importing } from '../customers/importing.ts';
import { world } from '../world.ts';

test('errors of any number come as one file', async () => {
  const crm = importing(await world());
  const columns = Array.from({ length: 20 }, (_, nth) => `number${nth}`);
  const row = columns.map(() => 'x'.repeat(600)).join(',');
  const file = ['first', ...columns].join(',').concat('\n', `,${row}\n`.repeat(500));
  const mapping = { first: 'givenName', ...Object.fromEntries(columns.map(name => [name, `identifiers.${name}`])) };
  const report = await crm.bringIn({ file, fields: { mapping } });
  expect(report.rows).toMatchObject({ read: 500, failed: 500 });
  const errors = await crm.errorsOf(report);
  expect(errors.length).toBe(500 * 21);
  expect(new Set(errors.map(({ line }) => line)).size).toBe(500);
  expect(errors.at(-2)).toMatchObject({ line: 501, column: 'number19', value: 'x'.repeat(500) });
});

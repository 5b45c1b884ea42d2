import { expect, test } from 'vitest';
import * as z from 'zod';
import { lazily } from '../../functions/shared/lazily.ts';

test('what is made at first use is made once, and is in every way what it would be', () => {
  let made = 0;
  const of = <T extends object>(it: T) =>
    lazily(() => {
      made += 1;
      return it;
    });
  const fields = of({ name: of(z.string().min(1)), age: of(z.int()).optional() });
  const person = of(z.strictObject(fields));
  const list = of(['a', 'b']);
  expect(made).toBe(1); // optional() looks into a schema
  expect(person.parse({ name: 'Ada' })).toEqual({ name: 'Ada' });
  expect(person.safeParse({ name: '', more: 1 }).error?.issues.map(({ code }) => code)).toEqual([
    'too_small',
    'unrecognized_keys',
  ]);
  expect({ ...fields, ...person.extend({ id: fields.name }).shape }).toHaveProperty('id');
  expect([...list, list.includes('b'), 'name' in fields, person instanceof z.ZodObject]).toEqual([
    ...['a', 'b'],
    ...[true, true, true],
  ]);
  expect(made).toBe(5);
});

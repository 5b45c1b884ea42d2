import { expect, test } from 'vitest';
import { erasing, ofNobody } from '../../functions/erasing.ts';
import { ofCustomer } from '../../functions/privacy/erasure/everywhere.ts';
import { entities } from '../../lib/docs/entities.ts';

const declared = await entities();
const kinds = Object.values(erasing)
  .flat()
  .map(({ entity }) => entity.kind);

test('of every kind of record it is said what becomes of it when its customer is erased, once', () => {
  const said = [...kinds, ...ofNobody];
  expect(declared.map(({ entity }) => entity.kind).filter(kind => !said.includes(kind))).toEqual([]);
  expect(said.filter((kind, at) => said.indexOf(kind) !== at)).toEqual([]);
});

test('no kind that belongs to a customer passes for one that tells nothing of any', () => {
  const owned = declared.filter(({ entity }) => entity.owner || entity.lists?.customer || entity.entries?.customer);
  expect(owned.length).toBeGreaterThan(5);
  expect(owned.filter(({ entity }) => !kinds.includes(entity.kind)).map(({ name }) => name)).toEqual([]);
});

test('every partition that is named by a customer is gone through', () => {
  const id = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';
  const key = new Proxy({}, { get: (_, name) => (name === 'customerId' || name === 'into' ? id : 'x') });
  const named = declared.flatMap(({ entity }) => {
    const [kind, of] = entity.key(key).of;
    return of === id ? [kind] : [];
  });
  expect(named.length).toBeGreaterThan(5);
  expect([...new Set(named)].filter(kind => !ofCustomer.includes(kind))).toEqual([]);
});

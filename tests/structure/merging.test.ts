import { expect, test } from 'vitest';
import { entities } from '#declared/entities.ts';
import { customerPartitions } from '../../functions/privacy/erasure/locations.ts';

const id = 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z';

/** whether it lies in a partition that is named by a customer */
const isPart = ({ key }: (typeof entities)[number]) => {
  const given: Record<string, string> = { id, customerId: id, into: id, subject: `customer ${id}` };
  const named = new Proxy({}, { get: (_, name) => given[String(name)] ?? 'x' });
  const [kind, of] = key(named).of;
  return of === id && customerPartitions.includes(kind);
};

const ofCustomers = entities.filter(entity => entity.owner || entity.lists?.customer || isPart(entity));

test('every entity of a customer declares what becomes of it when customers are merged', () => {
  expect(ofCustomers.length).toBeGreaterThan(25);
  expect(ofCustomers.filter(({ onMerge }) => onMerge === undefined).map(({ kind }) => kind)).toEqual([]);
});

test('what follows is filed under its customer, and what is merged lies in the customer’s partition', () => {
  const declared = entities.filter(({ onMerge }) => onMerge !== undefined);
  const isFiled = ({ owner, lists }: (typeof entities)[number]) => Boolean(owner || lists?.customer);
  const follows = declared.filter(({ onMerge }) => onMerge === 'follow' || onMerge === 'derived');
  expect(follows.filter(entity => !isFiled(entity)).map(({ kind }) => kind)).toEqual([]);
  const merged = declared.filter(({ onMerge }) => typeof onMerge === 'object' && 'merge' in onMerge);
  expect(merged.length).toBeGreaterThan(4);
  expect(merged.filter(entity => !isPart(entity)).map(({ kind }) => kind)).toEqual([]);
});

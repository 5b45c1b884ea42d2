import { expect, test } from 'vitest';
import type { StoredCustomer } from '../../functions/customers/customer.ts';
import { reverseValues } from '../../functions/customers/reverse-values.ts';
import { mergeProfiles } from '../../functions/merging/merge-profiles.ts';

const customer = (profile: object): StoredCustomer => ({
  id: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
  kind: 'person',
  version: 1,
  createdAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-01T08:00:00.000Z',
  ...profile,
});

const merged = (into: object, from: object, ...more: [Record<string, 'into' | 'from'>?]) =>
  mergeProfiles(customer(into), customer(from), ...more);

test('gaps are filled part by part', () => {
  const into = { givenName: 'Ada', name: 'Ada', identifiers: { tax: '1' }, attributes: { size: 'M' } };
  const from = { familyName: 'Tan', name: 'Tan', identifiers: { loyalty: '2' }, attributes: { size: 'L', hue: 'red' } };
  const { patch, conflicts, filled } = merged(into, from);
  expect(patch).toEqual({ familyName: 'Tan', identifiers: { loyalty: '2' }, attributes: { hue: 'red' } });
  expect(filled).toEqual(['familyName', 'identifiers.loyalty', 'attributes.hue']);
  expect(conflicts).toMatchObject([{ attribute: 'attributes.size', into: 'M', from: 'L', wins: 'into' }]);
});

test('parts of two places do not make a third', () => {
  const into = { address: { locality: 'Penang', country: 'MY' } };
  const elsewhere = { address: { line1: '1 Marina Way', postcode: '018989', country: 'SG' } };
  expect(merged(into, elsewhere).patch).toEqual({});
  expect(merged(into, elsewhere, { address: 'from' }).patch).toEqual({
    address: { line1: '1 Marina Way', postcode: '018989', country: 'SG', locality: null },
  });
  expect(merged(into, elsewhere, { 'address.postcode': 'from' }).patch).toEqual({ address: { postcode: '018989' } });
  expect(merged(into, { address: { line1: '2 Jalan', country: 'MY' } }).patch).toEqual({
    address: { line1: '2 Jalan' },
  });
});

test('a chosen value replaces the other as a whole; no value is replaced by none', () => {
  const into = { givenName: 'Ada', name: 'Ada', phone: '+6561234567', attributes: { car: { make: 'A', year: 1 } } };
  const from = { givenName: 'Adeline', name: 'Adeline', attributes: { car: { make: 'B' } } };
  const { patch } = merged(into, from, { attributes: 'from', phone: 'from', name: 'from' });
  expect(patch).toEqual({ givenName: 'Adeline', attributes: { car: { make: 'B', year: null } } });
});

test('a given name wins over a composed name, and does not fill it', () => {
  const [into, from] = [{ givenName: 'Ada', name: 'Ada' }, { name: 'Dr Tan' }];
  expect(merged(into, from)).toMatchObject({ patch: {}, conflicts: [{ attribute: 'name', wins: 'into' }] });
  expect(merged(into, from, { name: 'from' }).patch).toEqual({ name: 'Dr Tan' });
});

test('a value that was not changed since is reversed, others stay', () => {
  const was = { a: 1, parts: { x: 1 } };
  const became = { a: 2, b: 3, parts: { x: 1, y: 2, z: 3 } };
  expect(reverseValues(became, was, became)).toEqual(was);
  expect(reverseValues({ ...became, a: 9 }, was, became)).toEqual({ a: 9, parts: { x: 1 } });
  expect(reverseValues({ a: 2, b: 3, parts: { x: 5, y: 2, z: 4 } }, was, became)).toEqual({
    a: 1,
    parts: { x: 5, z: 4 },
  });
  expect(reverseValues({ b: 3, parts: {} }, was, became)).toEqual({ parts: {} });
});

import { describe, expect, test } from 'vitest';
import type { StoredCustomer } from '../../functions/customers/customer.ts';
import { type CustomerSettings, defaultSettings } from '../../functions/customers/settings.ts';
import type { Facts } from '../../functions/data-quality/starts/facts.ts';
import { hasCardNumber, hasPassword, secretsIn } from '../../functions/data-quality/starts/relevant-secured.ts';
import { type Letter, letters, startsOf } from '../../functions/data-quality/starts/starts.ts';

const now = '2026-11-25T00:00:00.000Z';

const defined = (attribute: string, more: object = {}) => ({
  attribute,
  required: false,
  accuracy: 'normal' as const,
  classification: 'normal' as const,
  indexed: false,
  updatedAt: now,
  ...more,
});

const facts = (
  profile: Partial<StoredCustomer>,
  more: Partial<Facts> = {},
  settings: Partial<CustomerSettings> = {},
) => ({
  customer: {
    id: 'cus_00000000000000000000000001',
    kind: 'person',
    version: 1,
    createdAt: now,
    updatedAt: now,
    provenance: { origins: [{ source: 'api', observedAt: now }] },
    ...profile,
  } as StoredCustomer,
  consents: [],
  lists: 0,
  undeliverable: [],
  purposes: [],
  now,
  ...more,
  settings: { ...defaultSettings, ...settings },
});

const reason = (given: Facts, letter: Letter, check: string) =>
  startsOf(given).letters[letter].reasons.find(one => one.check === check);

test('a record is scored by stated weights: each letter over its checks, the total over the letters', () => {
  const starts = startsOf(facts({ givenName: 'Ada', name: 'Ada', email: 'ada@example.com' }));
  for (const [name, { weight, checks }] of Object.entries(letters)) {
    const { score, reasons, weight: shown } = starts.letters[name as Letter];
    const sum = (of: (one: (typeof reasons)[number]) => number) => reasons.reduce((all, one) => all + of(one), 0);
    const expected = reasons.length ? (100 * sum(one => one.weight * one.score)) / sum(one => one.weight) : 100;
    expect(score).toBeCloseTo(expected, 1);
    expect(shown).toBe(weight);
    expect(reasons.every(({ check }) => checks.some(({ id }) => id === check))).toBe(true);
  }
  const all = Object.values(starts.letters);
  const total = all.reduce((sum, { score, weight }) => sum + score * weight, 0) / 100;
  expect(starts.total).toBeCloseTo(total, 1);
  expect(all.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
});

test('a record without faults scores a hundred in every letter', () => {
  const settings = {
    definitions: [
      defined('phone', { purpose: 'to call', required: true, freshness: 'P180D' }),
      defined('email', { purpose: 'to write' }),
      defined('attributes.plan', { type: 'enum', values: ['gold'], purpose: 'to serve by contract' }),
      defined('identifiers', { classification: 'confidential', purpose: 'to identify' }),
    ],
  };
  const verified = { at: now, by: 'customer' as const };
  const starts = startsOf(
    facts(
      {
        givenName: 'Ada',
        name: 'Ada',
        email: 'ada@example.com',
        phone: '+6561234567',
        externalId: 'x1',
        ownerId: 'sue',
        dateOfBirth: '1990-12-10',
        address: { country: 'SG', postcode: '018989' },
        attributes: { plan: 'gold', tags: ['vip'] },
        identifiers: { national: 'S1234567D' },
        provenance: { origins: [{ source: 'customer', observedAt: now, verified, confidence: 1 }] },
      },
      {
        consents: [
          {
            customerId: 'cus_00000000000000000000000001',
            channel: 'email',
            topic: 'news',
            status: 'granted',
            source: 'form',
            proof: { form: 1 },
            at: now,
            version: 1,
          },
        ],
      },
      settings as Partial<CustomerSettings>,
    ),
  );
  expect(starts).toMatchObject({ total: 100, completeness: { score: 100, missing: [] } });
});

describe('reasons are given in words', () => {
  test('shareable: name, owner and purpose', () => {
    const lonely = facts({ phone: '+6561234567' });
    expect(reason(lonely, 'shareable', 'named')).toMatchObject({ score: 0, detail: 'it has no name' });
    expect(reason(lonely, 'shareable', 'grouped')).toMatchObject({ score: 0 });
    expect(reason({ ...lonely, lists: 1 }, 'shareable', 'grouped')).toMatchObject({ score: 1 });
  });

  test('transportable: formats and declared types', () => {
    const settings = { definitions: [defined('attributes.plan', { type: 'enum', values: ['gold'] })] };
    const given = facts(
      { address: { country: 'EN', postcode: 'XYZ' }, attributes: { plan: 'tin', odd: 1 }, dateOfBirth: '1066-10-14' },
      {},
      settings as Partial<CustomerSettings>,
    );
    expect(reason(given, 'transportable', 'country-code')).toMatchObject({ score: 0 });
    expect(reason(given, 'transportable', 'birthday-possible')).toMatchObject({ score: 0 });
    expect(reason(given, 'transportable', 'types-fit')?.detail).toBe('not of the declared type: attributes.plan');
    expect(reason(given, 'transportable', 'schema-known')).toMatchObject({
      score: 0.5,
      detail: 'not declared, so that other systems do not know what they mean: attributes.odd',
    });
    // a postcode without a country cannot be checked: it does not count
    expect(reason(given, 'transportable', 'postcode-format')).toBeUndefined();
  });

  test('accurate: confidence, verification and contradiction', () => {
    const old = '2020-11-25T00:00:00.000Z';
    const given = facts({
      email: 'ada@example.com',
      phone: '+6561234567',
      provenance: {
        origins: [{ source: 'api', observedAt: old }],
        conflicts: [{ attribute: 'phone', value: '+6561234568', origin: { source: 'erp', observedAt: now }, why: 'x' }],
      },
    });
    expect(reason(given, 'accurate', 'confidence')?.detail).toBe(
      'the average confidence in its values is 0.10; low: email, phone',
    );
    expect(reason(given, 'accurate', 'reach-verified')?.detail).toBe('never verified: email, phone');
    expect(reason(given, 'accurate', 'uncontested')).toMatchObject({ score: 0.75 });
    expect(reason({ ...given, undeliverable: ['email'] }, 'accurate', 'deliverable')).toMatchObject({
      score: 0.5,
      detail: 'messages cannot be delivered: email',
    });
  });

  test('relevant: what is required, and clutter', () => {
    const settings = { definitions: [defined('phone', { required: true }), defined('email', { required: true })] };
    const given = facts(
      { phone: '+6561234567', attributes: { a: 1, b: 2 } },
      {},
      settings as Partial<CustomerSettings>,
    );
    expect(reason(given, 'relevant', 'complete')).toMatchObject({ score: 0.5, detail: 'required and missing: email' });
    expect(reason(given, 'relevant', 'no-clutter')).toMatchObject({ score: 0 });
    expect(startsOf(given).completeness).toEqual({ score: 50, missing: ['email'] });
    expect(startsOf(facts({})).completeness).toBeNull();
  });

  test('relevant: what no registered purpose needs, once there are any', () => {
    const profile = {
      email: 'a@example.com',
      address: { country: 'SG', line1: 'x' },
      attributes: { plan: 'gold', shoe: 41 },
    };
    const settings = {
      definitions: [defined('attributes.plan', { purpose: 'billing' }), defined('attributes.shoe')],
    } as Partial<CustomerSettings>;
    const of = (attributes?: string[]) => facts(profile, attributes ? { purposes: [{ attributes }] } : {}, settings);
    expect(reason(of(), 'relevant', 'needed')).toBeUndefined();
    expect(reason(of(['email', 'address.country']), 'relevant', 'needed')).toMatchObject({
      score: 0.6,
      detail: 'stored and needed by no registered purpose: address.line1, attributes.shoe',
    });
    expect(reason(of(['email', 'address', 'attributes.shoe']), 'relevant', 'needed')).toMatchObject({
      score: 1,
      detail: 'a registered purpose needs all that is stored',
    });
    expect(reason(of(['email']), 'relevant', 'worth-keeping')).toMatchObject({ score: 0.5 });
    expect(reason(of(['attributes']), 'relevant', 'worth-keeping')).toMatchObject({ score: 1 });
    const [less, more] = [['email'], ['email', 'address', 'attributes']].map(one => startsOf(of(one)).letters.relevant);
    expect(less?.score).toBeLessThan(more?.score ?? 0);
  });

  test('timely: freshness and last observation', () => {
    const settings = { definitions: [defined('phone', { freshness: 'P180D' })] };
    const given = facts(
      {
        phone: '+6561234567',
        createdAt: '2025-11-25T00:00:00.000Z',
        provenance: { origins: [{ source: 'api', observedAt: '2025-11-25T00:00:00.000Z' }] },
      },
      {},
      settings as Partial<CustomerSettings>,
    );
    expect(reason(given, 'timely', 'fresh')).toMatchObject({ score: 0, detail: 'older than required: phone' });
    expect(reason(given, 'timely', 'observed')).toMatchObject({ score: 0.5, detail: 'last observed 365 days ago' });
  });

  test('secured: consent, classification and secrets', () => {
    const given = facts({ identifiers: { national: 'S1' }, attributes: { note: 'pays with 4111 1111 1111 1111' } });
    expect(reason(given, 'secured', 'consent-recorded')).toMatchObject({ score: 0 });
    expect(reason(given, 'secured', 'classified')?.detail).toContain('identifiers.national');
    expect(reason(given, 'secured', 'no-secrets')).toMatchObject({
      score: 0,
      detail: 'a card number or password is stored in plain text: attributes.note',
    });
  });
});

describe('secrets', () => {
  test.each(['4111 1111 1111 1111', 'card 5500-0000-0000-0004 exp 12/27', '378282246310005'])('%s is a card', text =>
    expect(hasCardNumber(text)).toBe(true),
  );
  test.each(['4111 1111 1111 1112', '+4111111111111111', 'order 1234567890123', '0000 0000 0000 0000', '6561234567'])(
    '%s is not a card',
    text => expect(hasCardNumber(text)).toBe(false),
  );
  test('passwords are distinguished from texts about passwords', () => {
    expect(hasPassword('password: hunter2')).toBe(true);
    expect(hasPassword('forgot her password')).toBe(false);
    expect(secretsIn({ note: [{ pin: '1234' }], ok: 'x' }, 'attributes.a')).toEqual(['attributes.a.note.0.pin']);
  });
});

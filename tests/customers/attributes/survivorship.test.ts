import { describe, expect, test } from 'vitest';
import { confidenceOf, isStale, sourceRuleOf } from '../../../functions/customers/attributes/confidence.ts';
import { Definition } from '../../../functions/customers/attributes/definition.ts';
import { originOf, packProvenance } from '../../../functions/customers/attributes/origins.ts';
import type { Origin } from '../../../functions/customers/attributes/provenance.ts';
import { contest } from '../../../functions/customers/attributes/survivorship.ts';
import { type CustomerSettings, defaultSettings, SourceRules } from '../../../functions/customers/settings.ts';

const now = '2026-11-22T09:00:00.000Z';
const ago = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString();
const from = (source: string, days = 0, more: Partial<Origin> = {}): Origin => ({
  source,
  observedAt: ago(days),
  ...more,
});
const verified = (days: number) => ({ verified: { at: ago(days), by: 'customer' as const } });

const defined = (attribute: string, more: object) => Definition.parse({ attribute, updatedAt: now, ...more });
const settings = (rules: object = {}, definitions: Definition[] = []): CustomerSettings => ({
  ...defaultSettings,
  ...SourceRules.parse(rules),
  definitions,
});

describe('confidence', () => {
  test('of a new value it is the reliability of its source, and is halved each half-life', () => {
    expect(confidenceOf('phone', from('api'), defaultSettings, now)).toBe(0.8);
    expect(confidenceOf('phone', from('api', 730), defaultSettings, now)).toBe(0.4);
    expect(confidenceOf('phone', from('nobody-knows'), defaultSettings, now)).toBe(0.7);
  });

  test('it declines sooner with high accuracy or required freshness', () => {
    const high = settings({}, [defined('phone', { accuracy: 'high' })]);
    const fresh = settings({}, [defined('phone', { freshness: 'P90D' })]);
    const low = settings({}, [defined('phone', { accuracy: 'low' })]);
    const [a, b, c] = [high, fresh, low].map(all => confidenceOf('phone', from('api', 365), all, now));
    expect([a, b, c]).toEqual([0.4, 0.196, 0.673]);
  });

  test('a verified value is reliable, and its age counts from the verification', () => {
    expect(confidenceOf('phone', from('tracking:web', 730, verified(0)), defaultSettings, now)).toBe(0.98);
    expect(confidenceOf('phone', from('tracking:web', 0, verified(730)), defaultSettings, now)).toBe(0.98);
    expect(confidenceOf('phone', from('tracking:web', 800, verified(730)), defaultSettings, now)).toBe(0.49);
  });

  test('a stated confidence and the longest matching source pattern apply', () => {
    expect(confidenceOf('phone', from('api', 0, { confidence: 0.2 }), defaultSettings, now)).toBe(0.2);
    const rules = settings({
      sources: [
        { source: 'import:*', reliability: 0.3 },
        { source: 'import:crm', reliability: 0.9, rank: 5 },
      ],
    });
    expect(sourceRuleOf(rules, 'import:crm')).toMatchObject({ reliability: 0.9, rank: 5 });
    expect(sourceRuleOf(rules, 'import:old')).toMatchObject({ reliability: 0.3, rank: 0 });
  });

  test('a value is stale if it is older than the required freshness', () => {
    const fresh = settings({}, [defined('address', { freshness: 'P90D' })]);
    expect(isStale('address.postcode', from('api', 89), fresh, now)).toBe(false);
    expect(isStale('address.postcode', from('api', 91), fresh, now)).toBe(true);
    expect(isStale('address.postcode', from('api', 91, verified(1)), fresh, now)).toBe(false);
    expect(isStale('phone', from('api', 9000), fresh, now)).toBe(false);
  });
});

describe('of two values', () => {
  const between = (first: Origin, second: Origin, rules: CustomerSettings = defaultSettings) =>
    contest({ attribute: 'phone', first, second }, { settings: rules, now });
  const ranked = settings({ sources: [{ source: 'erp', rank: 9, reliability: 0.9 }] });

  test('the verified one applies while the verification is valid', () => {
    expect(between(from('a', 100, verified(100)), from('b'))).toEqual({
      wins: 'first',
      why: 'it was verified by customer on 2026-08-14',
    });
    expect(between(from('a', 400, verified(366)), from('b'))?.wins).toBe('second');
  });

  test('else the source of higher rank', () => {
    expect(between(from('erp', 100), from('b'), ranked)).toEqual({
      wins: 'first',
      why: 'erp (rank 9) takes precedence over b (rank 0)',
    });
  });

  test('else the later observation; equal ones are undecided', () => {
    expect(between(from('a', 2), from('b', 1))).toMatchObject({
      wins: 'second',
      why: expect.stringMatching('observed later'),
    });
    expect(between(from('a', 1), from('b', 1))).toBeUndefined();
  });

  test('the order can be set, also for single attributes', () => {
    const rules = settings({
      sources: [{ source: 'erp', rank: 9, reliability: 0.9 }],
      survivorship: { order: ['rank'], attributes: { phone: ['recency', 'rank'] } },
    });
    expect(between(from('erp', 2), from('b', 1), rules)?.wins).toBe('second');
    const other = { attribute: 'email', first: from('erp', 2), second: from('b', 1) };
    expect(contest(other, { settings: rules, now })?.wins).toBe('first');
    const surest = settings({ survivorship: { order: ['confidence'] } });
    expect(between(from('customer', 1), from('tracking:x'), surest)).toMatchObject({
      wins: 'first',
      why: expect.stringMatching('more confident'),
    });
  });
});

describe('stored provenance', () => {
  const customer = (provenance: object, profile: object = {}) =>
    ({ createdAt: ago(9), provenance, ...profile }) as never;

  test('is compact: each origin once, others by index', () => {
    const origins = new Map([
      ['phone', from('erp')],
      ['email', from('api', 3)],
      ['attributes.size', from('api', 3)],
    ]);
    const stored = packProvenance(origins, []);
    expect(stored).toEqual({ origins: [from('api', 3), from('erp')], from: { phone: 1 } });
    expect(originOf(customer(stored), 'phone')).toEqual(from('erp'));
    expect(originOf(customer(stored), 'attributes.size.inner')).toEqual(from('api', 3));
  });

  test('of a record without provenance is unknown since its creation', () => {
    expect(originOf({ createdAt: ago(9) }, 'phone')).toEqual(from('unknown', 9));
  });

  test('of a composed name is the older origin of its parts', () => {
    const stored = packProvenance(
      new Map([
        ['givenName', from('api', 3)],
        ['familyName', from('erp', 5)],
      ]),
      [],
    );
    const named = { givenName: 'Ada', familyName: 'Tan', name: 'Ada Tan' };
    expect(originOf(customer(stored, named), 'name')).toEqual(from('erp', 5));
  });

  test('is limited: the oldest origins of one source are combined', () => {
    const many = new Map(
      Array.from({ length: 150 }, (_, nth) => [`attributes.a${nth}`, from(`s${nth % 3}`, nth)] as const),
    );
    const stored = packProvenance(many, []);
    expect(stored.origins).toHaveLength(100);
    expect(originOf(customer(stored), 'attributes.a0')).toEqual(from('s0', 0));
    expect(originOf(customer(stored), 'attributes.a149').observedAt).toBe(ago(149));
    const strangers = new Map(
      Array.from({ length: 120 }, (_, nth) => [`attributes.a${nth}`, from(`s${nth}`, nth)] as const),
    );
    expect(packProvenance(strangers, []).origins).toHaveLength(100);
  });

  test('has the newest few conflicts only', () => {
    const kept = Array.from({ length: 6 }, (_, nth) => ({
      attribute: 'phone',
      value: nth,
      origin: from('b', nth),
      why: '',
    }));
    expect(packProvenance(new Map(), kept).conflicts?.map(({ value }) => value)).toEqual([0, 1, 2]);
  });
});

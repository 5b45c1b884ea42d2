import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earnedBy, pointsFor } from '../../functions/loyalty/earning.ts';
import { newAccount } from '../../functions/loyalty/points.ts';
import { applied, postingChanges, usedHold } from '../../functions/loyalty/post.ts';
import type { Posting } from '../../functions/loyalty/posting.ts';
import type { EarningRule, Programme } from '../../functions/loyalty/programme.ts';
import type { Change } from '../../functions/shared/store/changes.ts';

const rule = (points: string, more: Partial<EarningRule> = {}): EarningRule => ({
  event: 'order.completed',
  points,
  round: 'down',
  ...more,
});
const order = (amount: number, currency = 'SGD') => ({ total: { amount, currency } });

test('rates are exact in each currency, and rounded as the rule says', () => {
  expect(pointsFor(rule('10 per 1.00'), order(1299))).toBe(129);
  expect(pointsFor(rule('10 per 1.00', { round: 'up' }), order(1299))).toBe(130);
  expect(pointsFor(rule('10 per 1.00', { round: 'nearest' }), order(1295))).toBe(130);
  expect(pointsFor(rule('1 per 100'), order(12_345, 'JPY'))).toBe(123);
  expect(pointsFor(rule('2 per 1'), order(1234, 'KWD'))).toBe(2);
  expect(pointsFor(rule('0.1 per 0.3'), order(90))).toBe(0);
  expect(pointsFor(rule('50'), {})).toBe(50);
  expect(pointsFor(rule('2 per 1', { of: 'properties.value' }), { properties: { value: 10 } })).toBe(20);
  expect(pointsFor(rule('10 per 1.00'), order(1000), 250)).toBe(75);
});

test('a limit counts what the rule gave in its time', () => {
  const limited = {
    id: 'p',
    earn: [rule('100', { limit: { max: 150, per: 'P7D' } })],
    tiers: [],
  } as unknown as Programme;
  const event = { type: 'order.completed', occurredAt: '2026-12-08T00:00:00.000Z', data: order(100) };
  const account = {
    ...newAccount('p', 'cus_1' as never, '2026-12-01T00:00:00.000Z'),
    recent: [{ day: '2026-12-05', points: 100, rule: 0 }],
  };
  const earned = (now: string) => earnedBy(limited, event, account, now);
  expect(earned('2026-12-08T12:00:00.000Z')).toEqual([{ rule: 0, points: 50 }]);
  expect(earned('2026-12-13T12:00:00.000Z')).toEqual([{ rule: 0, points: 100 }]);
});

test('whatever is posted, the books add up, lots never exceed the balance, and nothing is negative', () => {
  const kind = fc.constantFrom('earn', 'redeem', 'hold', 'release', 'adjust', 'takeBack', 'expire', 'use');
  const step = fc.record({ kind, points: fc.integer({ min: 1, max: 60 }), days: fc.integer({ min: 0, max: 20 }) });
  const programme = {
    id: 'p',
    earn: [],
    tiers: [{ name: 'S', from: 80 }],
    expiry: { after: 'P30D' },
  } as unknown as Programme;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      let account = newAccount('p', 'cus_1' as never, '2026-12-01T00:00:00.000Z');
      const sums: Record<string, number> = {};
      let day = Date.parse('2026-12-01T00:00:00Z');
      steps.forEach(({ kind, points, days }, nth) => {
        day += days * 86_400_000;
        const now = new Date(day).toISOString();
        const hold = account.holds[0];
        const due = account.lots.filter(({ at }) => at <= now).reduce((sum, lot) => sum + lot.points, 0);
        const amounts: Record<string, number> = {
          release: hold?.points ?? 0,
          use: Math.min(points, hold?.points ?? 0),
          expire: due,
          takeBack: Math.min(points, account.balance),
        };
        const amount = amounts[kind] ?? points;
        if (!amount || ((kind === 'redeem' || kind === 'hold') && amount > account.balance)) return;
        const post = {
          kind: (kind === 'use' ? 'redeem' : kind) as Posting['kind'],
          points: amount,
          reference: kind === 'release' ? hold!.reference : `r${nth}`,
        };
        const decided =
          kind === 'use' ? usedHold(account, hold!.reference, amount) : applied(account, post, programme, now);
        const { after, changes } = postingChanges(account, decided, { programme, post }, { now, actor: 'user:a' });
        const posting = changes.find(
          (one): one is Extract<Change, { do: 'insert' }> => one.do === 'insert' && 'entries' in (one.value as object),
        );
        for (const { account: side, points: part } of (posting!.value as Posting).entries)
          sums[side] = (sums[side] ?? 0) + part;
        account = after;
        expect(Object.values(sums).reduce((sum, one) => sum + one, 0)).toBe(0);
        expect([sums.member ?? 0, sums.held ?? 0]).toEqual([account.balance, account.held]);
        expect(account.held).toBe(account.holds.reduce((sum, one) => sum + one.points, 0));
        expect(account.lots.reduce((sum, one) => sum + one.points, 0)).toBeLessThanOrEqual(account.balance);
        expect(Math.min(account.balance, account.held, account.earned)).toBeGreaterThanOrEqual(0);
      });
    }),
    { numRuns: 300 },
  );
});

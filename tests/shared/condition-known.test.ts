import { expect, test } from 'vitest';
import { Condition, evaluate } from '../../functions/shared/conditions/condition.ts';
import type { Known } from '../../functions/shared/conditions/provenance-condition.ts';

const now = '2026-11-22T12:00:00Z';

const phone: Known = {
  source: 'import:crm',
  observedAt: '2026-11-02T12:00:00Z',
  verified: { at: '2026-11-12T12:00:00Z', by: 'customer' },
  confidence: 0.9,
};
const parts: Known[] = [phone, { ...phone, verified: undefined, confidence: 0.3 }];
const known = (attribute: string) => ({ phone: [phone], address: parts })[attribute] ?? [];

const judged = (condition: unknown, facts: object = { known }) =>
  evaluate(Condition.parse(condition), { attributes: {}, now, ...facts });

test.each<[boolean, string, object]>([
  [true, 'phone', { verified: {} }],
  [true, 'phone', { verified: { by: 'customer', within: 'P10D' } }],
  [false, 'phone', { verified: { by: 'staff' } }],
  [false, 'phone', { verified: { within: 'P9D' } }],
  [false, 'address', { verified: {} }],
  [false, 'email', { verified: {} }],
  [true, 'phone', { observed: {} }],
  [true, 'phone', { observed: { source: 'import:*', within: 'P20D' } }],
  [true, 'address', { observed: { source: 'import:crm' } }],
  [false, 'phone', { observed: { source: 'import' } }],
  [false, 'phone', { observed: { within: 'P19D' } }],
  [true, 'phone', { confidence: { gte: 0.9, lt: 1 } }],
  [false, 'phone', { confidence: { gt: 0.9 } }],
  [true, 'phone', { confidence: { lte: 0.9 } }],
  [false, 'address', { confidence: { gte: 0.5 } }],
  [false, 'email', { confidence: { gte: 0 } }],
])('it is %s that %s is %j', (holds, attribute, asked) => {
  expect(judged({ attribute, ...asked }).holds).toBe(holds);
});

test('the reasons say what was asked, and what is so', () => {
  const reason = (condition: object) => judged(condition).reasons;
  expect(reason({ attribute: 'phone', verified: { by: 'staff', within: 'P180D' } })).toEqual([
    'attribute phone is verified by staff within P180D: it was by customer on 2026-11-12',
  ]);
  expect(reason({ attribute: 'address', verified: {} })).toEqual(['attribute address is verified: it is not']);
  expect(reason({ attribute: 'phone', observed: { source: 'api' } })).toEqual([
    'attribute phone is observed by api: it was by import:crm on 2026-11-02',
  ]);
  expect(reason({ attribute: 'address', confidence: { gte: 0.5, lt: 1 } })).toEqual([
    'attribute address is sure to at least 0.5 and less than 1: it is to 0.3',
  ]);
  expect(reason({ not: { attribute: 'email', verified: {} } })).toEqual([
    'not attribute email is verified: it is missing',
  ]);
});

test('nothing is known of the values of a case', () => {
  expect(judged({ attribute: 'phone', verified: {} }, {}).holds).toBe(false);
});

test.each<[string[], object]>([
  [['verified', 'by'], { attribute: 'phone', verified: { by: 'me' } }],
  [['verified', 'within'], { attribute: 'phone', verified: { within: 'soon' } }],
  [['verified'], { attribute: 'phone', verified: { when: 'P1D' } }],
  [['confidence'], { attribute: 'phone', confidence: {} }],
  [['confidence', 'gte'], { attribute: 'phone', confidence: { gte: 2 } }],
  [[], { attribute: 'phone', confidence: { gte: 0.5 }, is: 'x' }],
  [['verified'], { event: 'order.completed', verified: {} }],
])('%j is named where it is wrong', (path, condition) => {
  expect(Condition.safeParse(condition).error?.issues[0]?.path).toEqual(path);
});

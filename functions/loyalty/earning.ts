import { decimalsOf, Money } from '../../events/money.ts';
import { meantBy } from '../shared/conditions/event-condition.ts';
import { ceilingOf, divide, type Exact, exact, exactOf, floorOf, multiply, rounded, tenTo } from '../shared/exact.ts';
import { isObject } from '../shared/json.ts';
import { dayOf, minus } from '../shared/time/duration.ts';
import type { Account } from './points.ts';
import { type EarningRule, eventOfRule, type Programme, rateOf } from './programme.ts';

type Event = { type: string; occurredAt: string; data: unknown };

const rounding = { down: floorOf, up: ceilingOf, nearest: rounded };

const at = (data: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), data);

/** an amount in the major unit: of a money value, or a number as it is */
const amountOf = (value: unknown): Exact | undefined => {
  const money = Money.safeParse(value);
  if (money.success) return exact(BigInt(money.data.amount), tenTo(decimalsOf(money.data.currency)));
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
  return /^\d{1,12}(\.\d{1,12})?$/.test(text) ? exactOf(text) : undefined;
};

/** where an event has its amount, if its rule does not say: an order, or what trackers send */
const usual = ['total', 'properties.revenue', 'properties.total', 'properties.value'];

const worthOf = (data: unknown, { of }: EarningRule) =>
  (of ? [of] : usual).map(path => amountOf(at(data, path))).find(amount => amount !== undefined);

/** The points of a rule for an event's data, `less` of whose amount (minor units) was given back. */
export const pointsFor = (rule: EarningRule, data: unknown, less = 0): number => {
  const { points, per } = rateOf(rule.points);
  if (per === undefined) return Number(points);
  const worth = worthOf(data, rule);
  if (!worth) return 0;
  const currency = at(data, 'total.currency');
  const back = exact(BigInt(less), tenTo(decimalsOf(typeof currency === 'string' ? currency : '')));
  const net = exact(worth.n * back.d - back.n * worth.d, worth.d * back.d);
  if (net.n <= 0n) return 0;
  return Number(rounding[rule.round](divide(multiply(net, exactOf(points)), exactOf(per))));
};

/** the points of a rule that an account may still get */
const leftOf = ({ limit }: EarningRule, rule: number, { recent }: Account, now: string) => {
  if (!limit) return Number.POSITIVE_INFINITY;
  const since = dayOf(minus(now, limit.per));
  const got = recent.reduce((sum, one) => (one.rule === rule && one.day > since ? sum + one.points : sum), 0);
  return Math.max(0, limit.max - got);
};

/** What each rule of a programme gives for an event; a rule that gives nothing is left out. Pure. */
export const earnedBy = ({ earn }: Programme, event: Event, account: Account, now: string) =>
  earn.flatMap((rule, nth) => {
    if (!meantBy(eventOfRule(rule))(event)) return [];
    const points = Math.min(pointsFor(rule, event.data), leftOf(rule, nth, account, now));
    return points > 0 ? [{ rule: nth, points }] : [];
  });

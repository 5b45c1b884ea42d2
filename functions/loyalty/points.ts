import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Key } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { created } from '../shared/store/changes.ts';
import { dayOf, midnightOf, minus, plus } from '../shared/time/duration.ts';
import type { Programme } from './programme.ts';

/** points that expire together */
const Lot = z.object({ points: z.int().min(1), at: Instant });
type Lot = z.output<typeof Lot>;

const Hold = z.object({ reference: z.string(), points: z.int().min(1), lots: z.array(Lot), at: Instant });

/** points earned on a day, for tiers and limits that look back */
const Earned = z.object({ day: z.string(), points: z.int(), rule: z.int().optional() });

/** The membership of a customer in a programme. What it has is `balance`; what is held for it is not in it. */
export const Account = z.object({
  programmeId: Key,
  customerId: CustomerId,
  balance: z.int().min(0),
  held: z.int().min(0),
  /** all points that it ever earned */
  earned: z.int().min(0),
  tier: z.string().nullable(),
  lots: z.array(Lot),
  holds: z.array(Hold),
  recent: z.array(Earned),
  ...stamps,
});
export type Account = z.output<typeof Account>;

export const newAccount = (programmeId: string, customerId: Account['customerId'], now: string): Account => ({
  ...created(now, {
    programmeId,
    customerId,
    balance: 0,
    held: 0,
    earned: 0,
    tier: null,
    lots: [],
    holds: [],
    recent: [],
  }),
  version: 0,
});

const mostRecent = 400;

/** the tier of points earned, within the time that counts */
export const tierOf = ({ tiers, qualification }: Programme, { earned, recent }: Account, now: string) => {
  const since = qualification && dayOf(minus(now, qualification.per));
  const counted = since ? recent.reduce((sum, one) => (one.day > since ? sum + one.points : sum), 0) : earned;
  return tiers.findLast(({ from }) => from <= counted)?.name ?? null;
};

/** when points that are earned now expire: at the end of a day (UTC), so that a day has one lot */
export const expiryOf = ({ expiry }: Programme, now: string) =>
  expiry && midnightOf(dayOf(plus(plus(now, expiry.after), 'P1D')));

const joined = (lots: Lot[]): Lot[] =>
  [...Map.groupBy(lots, ({ at }) => at)]
    .map(([at, some]) => ({ at, points: some.reduce((sum, { points }) => sum + points, 0) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));

export const withLots = (account: Account, lots: Lot[]): Account => ({
  ...account,
  lots: joined([...account.lots, ...lots]),
});

/** An account with more points; lots: when they expire. */
export const given = (account: Account, points: number, lots: Lot[] = []): Account => ({
  ...withLots(account, lots),
  balance: account.balance + points,
});

/** An account with fewer points, the oldest first, and the lots that they are of; points without a lot do not expire. */
export const taken = (account: Account, points: number): { account: Account; lots: Lot[] } => {
  const lots: Lot[] = [];
  const left: Lot[] = [];
  let missing = points;
  for (const lot of account.lots) {
    const some = Math.min(lot.points, missing);
    missing -= some;
    if (some) lots.push({ ...lot, points: some });
    if (lot.points > some) left.push({ ...lot, points: lot.points - some });
  }
  return { account: { ...account, lots: left, balance: account.balance - points }, lots };
};

/** an account that earned points by a rule, or without one */
export const noted = (account: Account, points: number, now: string, rule?: number): Account => {
  const day = dayOf(now);
  const isSame = (one: Account['recent'][number]) => one.day === day && one.rule === rule;
  const others = account.recent.filter(one => !isSame(one));
  const before = account.recent.find(isSame)?.points ?? 0;
  const entry = { day, points: before + points, ...(rule === undefined ? {} : { rule }) };
  return { ...account, earned: Math.max(0, account.earned + points), recent: [...others, entry].slice(-mostRecent) };
};

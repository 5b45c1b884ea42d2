import { pointsDue, pointsPosted, tierReached } from '../../events/points.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, insert, save, schedule, updated } from '../shared/store/changes.ts';
import { aboutAccount, accounts } from './account.ts';
import { holdMissing, notEnoughPoints, referenceTaken } from './errors.ts';
import { type Account, expiryOf, given, noted, taken, tierOf, withLots } from './points.ts';
import { entriesOf, type Posting, postings, totals } from './posting.ts';
import type { Programme } from './programme.ts';

type Now = Pick<Ctx, 'now' | 'actor'>;

type Posted = { account: Account; entries: Posting['entries'] };

type Post = {
  kind: Posting['kind'];
  reference: string;
  points: number;
  about?: string | undefined;
  rule?: number | undefined;
};

/** The changes of a posting to an account, with its event, and that of its tier. Pure. */
export const postingChanges = (
  before: Account,
  { account: after, entries }: Posted,
  { programme, post }: { programme: Programme; post: Post },
  { now, actor }: Now,
): { after: Account; changes: Change[] } => {
  const { kind, reference, points } = post;
  const { programmeId, customerId } = before;
  const tier = tierOf(programme, after, now);
  const saved: Account = before.version
    ? updated(now, before, { ...after, tier })
    : { ...after, tier, version: 1, updatedAt: now };
  const posting: Posting = { programmeId, customerId, ...post, at: now, by: actor, entries };
  const to = { customerId, about: aboutAccount(before) };
  const counts: Record<string, number> = {};
  for (const entry of entries) counts[entry.account] = (counts[entry.account] ?? 0) + entry.points;
  const known = new Set(before.lots.map(({ at }) => at));
  return {
    after: saved,
    changes: [
      save(accounts, before.version ? before : undefined, saved),
      insert(postings, posting),
      ...totals.add(programmeId, customerId, counts),
      emit(pointsPosted, { ...to, data: { programmeId, kind, reference, points, balance: saved.balance } }),
      ...(tier === before.tier ? [] : [emit(tierReached, { ...to, data: { programmeId, tier, from: before.tier } })]),
      ...saved.lots
        .filter(({ at }) => !known.has(at))
        .map(({ at }) => schedule(at, pointsDue, { ...to, data: { programmeId, at } })),
    ],
  };
};

export const mustHave = ({ balance }: Account, points: number) => {
  if (balance < points) throw notEnoughPoints(`The balance is ${balance}.`, { extra: { balance } });
};

/** What an account becomes by a posting. Refuses what it does not have. Pure. */
export const applied = (account: Account, post: Post, programme: Programme, now: string): Posted => {
  const { kind, reference, points } = post;
  const { customerId } = account;
  const entries = (from: Parameters<typeof entriesOf>[1]) => entriesOf(points, from, customerId);
  switch (kind) {
    case 'earn': {
      const at = expiryOf(programme, now);
      const more = given(account, points, at ? [{ points, at }] : []);
      return { account: noted(more, points, now, post.rule), entries: entries(['issued', 'member']) };
    }
    case 'hold': {
      mustHave(account, points);
      const { account: less, lots } = taken(account, points);
      const holds = [...account.holds, { reference, points, lots, at: now }];
      return { account: { ...less, held: account.held + points, holds }, entries: entries(['member', 'held']) };
    }
    case 'release': {
      const hold = account.holds.find(one => one.reference === reference);
      if (!hold) throw holdMissing();
      const holds = account.holds.filter(one => one !== hold);
      // what expired while it was held expires as soon as it is released: its timer is set again
      const more = given({ ...account, holds, held: account.held - points }, points, hold.lots);
      return { account: more, entries: entries(['held', 'member']) };
    }
    case 'adjust': {
      if (points < 0) mustHave(account, -points);
      const after = points < 0 ? taken(account, -points).account : given(account, points);
      return { account: after, entries: entries(['adjusted', 'member']) };
    }
    case 'takeBack': {
      const { account: less } = taken(account, points);
      return { account: noted(less, -points, now, post.rule), entries: entries(['member', 'issued']) };
    }
    default:
      mustHave(account, points);
      return {
        account: taken(account, points).account,
        entries: entries(['member', kind === 'expire' ? 'expired' : 'redeemed']),
      };
  }
};

/** A hold that is used: its points are redeemed. */
export const usedHold = (account: Account, hold: string, points: number): Posted => {
  const held = account.holds.find(one => one.reference === hold);
  if (!held) throw holdMissing();
  if (held.points < points) throw notEnoughPoints(`The hold has ${held.points} points.`);
  const { account: rest } = taken({ ...account, balance: held.points, lots: held.lots }, points);
  const back = held.points - points;
  const holds = account.holds.filter(one => one !== held);
  const less = { ...account, holds, held: account.held - held.points };
  const entries = entriesOf(points, ['held', 'redeemed'], account.customerId);
  const released = back ? entriesOf(back, ['held', 'member'], account.customerId) : [];
  return {
    account: { ...withLots(less, rest.lots), balance: less.balance + back },
    entries: [...entries, ...released],
  };
};

/** whether that was posted; refuses another number of points under the same reference */
export const isRepeated = (recorded: Posting | undefined, points: number | undefined) => {
  if (recorded && points !== undefined && recorded.points !== points) throw referenceTaken();
  return recorded !== undefined;
};

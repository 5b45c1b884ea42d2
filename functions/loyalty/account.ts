import type { Ctx } from '../shared/http/context.ts';
import { type Change, insert, remove, save, update, updated } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { Account, given, newAccount, taken, withLots } from './points.ts';
import { entriesOf, postings, totals } from './posting.ts';

export const accountPart = (programmeId: string) => `loyalty#${programmeId}`;
export const accountParts = { from: 'loyalty#', to: 'loyalty$' };

/** what events about an account are about */
export const aboutAccount = ({ programmeId, customerId }: Pick<Account, 'programmeId' | 'customerId'>) =>
  `${programmeId}/${customerId}`;

const keyOf = (about: string) => {
  const [programmeId = '', customerId = ''] = about.split('/');
  return { programmeId, customerId: customerId as Account['customerId'] };
};

const Shown = Account.pick({ programmeId: true, balance: true, held: true, earned: true, tier: true });

export const accounts = entity('loyalty-account', Account, {
  onErase: (account, { now }) => ({ changes: leave(account, now) }),
  area: 'loyalty',
  onMerge: { merge: (...args) => joinAccounts(...args), undo: (...args) => partAccounts(...args), counted: 'loyalty' },
  owner: ({ customerId }) => customerId,
  fact: { record: 'loyalty', shown: Shown, nouns: ['points', 'tier'], keyOf },
  key: ({ programmeId, customerId }: Pick<Account, 'programmeId' | 'customerId'>) => ({
    of: ['customer', customerId],
    part: accountPart(programmeId),
  }),
  lists: {
    programme: {
      by: ({ programmeId }) => programmeId,
      sort: ({ customerId }) => customerId,
      shards: 8,
      spread: ({ customerId }) => customerId,
    },
  },
});

/** `had`: the account that was merged, and the points that the other customer got by it */
type Undo = { had: Account };

const moved = (account: Account, [from, to]: [string, string], points: number, ctx: Ctx): Change[] => {
  if (!points) return [];
  const { programmeId } = account;
  const reference = `${from} ${account.version}`;
  const entries = entriesOf(points, ['member', 'member'], from, to);
  const posting = { programmeId, kind: 'merge' as const, reference, points, at: ctx.now, by: ctx.actor, entries };
  return [insert(postings, { ...posting, customerId: to })];
};

/** The customer that stays gets the points, lots and holds of the other; its tier is that of both together. */
const joinAccounts: MergedPart<Account>['merge'] = async (account, into, ctx) => {
  const { programmeId, customerId: from } = account;
  const before = await ctx.store.get(accounts, { programmeId, customerId: into });
  const base = before ?? newAccount(programmeId, into, ctx.now);
  const joint = withLots(given(base, account.balance), account.lots);
  const changed = {
    ...joint,
    held: base.held + account.held,
    earned: base.earned + account.earned,
    holds: [...base.holds, ...account.holds],
    recent: [...base.recent, ...account.recent].sort((a, b) => (a.day < b.day ? -1 : 1)),
    tier: before && before.earned > account.earned ? before.tier : account.tier,
  };
  const after = before ? updated(ctx.now, before, changed) : { ...changed, version: 1 };
  const changes = [
    remove(accounts, account),
    save(accounts, before, after),
    ...moved(account, [from, into], account.balance + account.held, ctx),
  ];
  return { changes, undo: { had: account } satisfies Undo };
};

/** What was brought in is given back, as far as it is still there. */
const partAccounts = async (undo: unknown, { into }: Merging, ctx: Ctx): Promise<Change[]> => {
  const { had } = undo as Undo;
  const before = await ctx.store.get(accounts, { programmeId: had.programmeId, customerId: into });
  if (!before) return [];
  const points = Math.min(had.balance, before.balance);
  const { account: less, lots } = taken(before, points);
  const own = new Set(had.holds.map(({ reference }) => reference));
  const back = before.holds.filter(({ reference }) => own.has(reference));
  const held = back.reduce((sum, one) => sum + one.points, 0);
  const after = updated(ctx.now, before, {
    ...less,
    held: before.held - held,
    earned: Math.max(0, before.earned - had.earned),
    holds: before.holds.filter(({ reference }) => !own.has(reference)),
  });
  const returned = { ...had, balance: points, held, lots, holds: back, version: 1 };
  return [
    update(accounts, before, after),
    insert(accounts, returned),
    ...moved(before, [into, had.customerId], points + held, ctx),
  ];
};

/** What an erased customer had is forfeited: the books stay balanced. */
const leave = ({ programmeId, customerId, balance, held }: Account, now: string): Change[] => {
  const points = balance + held;
  if (!points) return [];
  const entries = [
    ...(balance ? entriesOf(balance, ['member', 'forfeited'], customerId) : []),
    ...(held ? entriesOf(held, ['held', 'forfeited'], customerId) : []),
  ];
  const posting = { programmeId, customerId, kind: 'forfeit' as const, reference: 'erasure', points, at: now };
  return [
    insert(postings, { ...posting, by: 'rapport:erasure', entries }),
    ...totals.add(programmeId, customerId, { member: -balance, held: -held, forfeited: points }),
  ];
};

import { programmeChanged } from '../../events/points.ts';
import { refuseOrWarn } from '../customer-facts/check-condition.ts';
import { namesKnownTo } from '../customer-facts/known-names.ts';
import { needCustomer } from '../customers/reads.ts';
import type { EventCondition } from '../shared/conditions/event-condition.ts';
import { Key } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, eventOf } from '../shared/store/changes.ts';
import { listShared, recordPage } from '../shared/store/record-page.ts';
import { putById, readById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { accountParts, accounts } from './account.ts';
import { holdMissing } from './errors.ts';
import { loyaltyRoutes, myLoyaltyRoutes } from './loyalty-routes.ts';
import { type Account, given, newAccount, taken } from './points.ts';
import { applied, isRepeated, mustHave, postingChanges, usedHold } from './post.ts';
import { entriesOf, type Posting, postings, totals } from './posting.ts';
import { earning, eventOfRule, filingOf, type Programme, programmes } from './programme.ts';

const shown = ({ lots, ...account }: Account) => ({ ...account, expiring: lots });

type Params = Record<string, string>;

const memberOf = async ({ id = '', customerId: given = '' }: Params, { store, now }: Ctx) => {
  const [programme, { id: customerId }] = await Promise.all([
    store.need(programmes, { id }),
    needCustomer(store, given),
  ]);
  const account = await store.get(accounts, { programmeId: id, customerId });
  return { programme, account: account ?? newAccount(id, customerId, now) };
};

const recordedOf = ({ programmeId, customerId }: Account, kind: Posting['kind'], reference: string, store: Store) =>
  store.get(postings, { programmeId, customerId, kind, reference });

/** The handler of a posting: what is there already under its reference changes nothing. */
const posting =
  (kind: Posting['kind']) =>
  async ({ params, body }: { params: Params; body: { points: number; reference: string } }, ctx: Ctx) => {
    const { programme, account } = await memberOf(params, ctx);
    const { points, reference } = body;
    if (isRepeated(await recordedOf(account, kind, reference, ctx.store), points)) return shown(account);
    const post = { kind, points, reference };
    const decided = applied(account, post, programme, ctx.now);
    const { after, changes } = postingChanges(account, decided, { programme, post }, ctx);
    return ctx.store.commit(changes, shown(after));
  };

export const loyaltyHandlers = handlers(
  { ...loyaltyRoutes, ...myLoyaltyRoutes },
  {
    putProgramme: putById(programmes, Key, {
      check: async ({ earn = [] }, ctx) => {
        const rules = earn.map(eventOfRule) as EventCondition[];
        const names = await namesKnownTo(ctx.store, rules);
        const faults = rules.flatMap((rule, nth) => names.inCondition(rule, `earn.${nth}`));
        refuseOrWarn(faults, ctx);
        return undefined;
      },
      changes: (after, before) => [
        eventOf(programmeChanged, after),
        ...earning.changes(before && filingOf(before), filingOf(after)),
      ],
    }),
    listProgrammes: listShared(programmes),
    readProgramme: readById(programmes),
    readLiability: async ({ params: { id = '' } }, { store }) => {
      await store.need(programmes, { id });
      const sums = await totals.read(store, id);
      const of = (name: string) => sums[name] ?? 0;
      return {
        ...{ outstanding: of('member') + of('held'), member: of('member'), held: of('held'), issued: -of('issued') },
        ...{ redeemed: of('redeemed'), expired: of('expired'), adjusted: -of('adjusted'), forfeited: of('forfeited') },
      };
    },
    listProgrammeMembers: async ({ params: { id = '' }, query }, { store }) => {
      await store.need(programmes, { id });
      const { items, nextCursor } = await store.list(accounts, 'programme', id, { ...query, upwards: true });
      return { items: items.map(shown), nextCursor };
    },
    readLedger: async ({ params: { id = '' }, query: { customerId, ...paging } }, { store }) => {
      await store.need(programmes, { id });
      if (!customerId) return store.list(postings, 'programme', id, paging);
      return store.list(postings, 'member', `${id}#${(await needCustomer(store, customerId)).id}`, paging);
    },
    readMember: async ({ params }, ctx) => shown((await memberOf(params, ctx)).account),
    readMemberLedger: async ({ params, query }, ctx) => {
      const { account } = await memberOf(params, ctx);
      return ctx.store.list(postings, 'member', `${account.programmeId}#${account.customerId}`, query);
    },
    earnPoints: posting('earn'),
    holdPoints: posting('hold'),
    adjustPoints: posting('adjust'),
    redeemPoints: async ({ params, body: { hold, ...post } }, ctx) => {
      if (!hold) return posting('redeem')({ params, body: post }, ctx);
      const { programme, account } = await memberOf(params, ctx);
      const { points, reference } = post;
      if (isRepeated(await recordedOf(account, 'redeem', reference, ctx.store), points)) return shown(account);
      const decided = usedHold(account, hold, points);
      const kind = 'redeem' as const;
      const { after, changes } = postingChanges(
        account,
        decided,
        { programme, post: { kind, points, reference } },
        ctx,
      );
      return ctx.store.commit(changes, shown(after));
    },
    releasePoints: async ({ params, body: { points, reference } }, ctx) => {
      const { programme, account } = await memberOf(params, ctx);
      if (isRepeated(await recordedOf(account, 'release', reference, ctx.store), points)) return shown(account);
      const hold = account.holds.find(one => one.reference === reference);
      if (!hold) throw holdMissing();
      if (points !== undefined && points !== hold.points)
        throw invalid([{ path: 'points', message: `the hold has ${hold.points} points; it is released as a whole` }]);
      const post = { kind: 'release' as const, points: hold.points, reference };
      const decided = applied(account, post, programme, ctx.now);
      const { after, changes } = postingChanges(account, decided, { programme, post }, ctx);
      return ctx.store.commit(changes, shown(after));
    },
    transferPoints: async ({ params, body: { points, reference, to } }, ctx) => {
      const [{ programme, account }, other] = await Promise.all([
        memberOf(params, ctx),
        memberOf({ ...params, customerId: to }, ctx),
      ]);
      if (other.account.customerId === account.customerId)
        throw invalid([{ path: 'to', message: 'is the customer who gives them' }]);
      const recorded = await recordedOf(account, 'transfer', reference, ctx.store);
      if (isRepeated(recorded, points)) return shown(account);
      return ctx.store.commit(...transferred({ programme, account, other: other.account, points, reference }, ctx));
    },
    readMyPoints: async (_, { store, me }) => {
      const { id: customerId } = await needCustomer(store, me);
      const { items } = await recordPage(store, accounts, ['customer', customerId], {
        within: accountParts,
        limit: 100,
      });
      const found = await store.getAll(
        programmes,
        items.map(({ programmeId: id }) => ({ id })),
      );
      const names = new Map(found.map(({ id, currencyName }) => [id as string, currencyName]));
      return { items: items.map(one => ({ ...shown(one), currencyName: names.get(one.programmeId) ?? '' })) };
    },
  },
);

type Transfer = { programme: Programme; account: Account; other: Account; points: number; reference: string };

/** points from one account to another, with a posting on the ledger of each; the totals do not change */
const transferred = (
  { programme, account, other, points, reference }: Transfer,
  ctx: Ctx,
): [Change[], ReturnType<typeof shown>] => {
  const post = { kind: 'transfer' as const, points, reference };
  mustHave(account, points);
  const { account: less, lots } = taken(account, points);
  const entries = entriesOf(points, ['member', 'member'], account.customerId, other.customerId);
  const gives = postingChanges(account, { account: less, entries }, { programme, post }, ctx);
  const got = { account: given(other, points, lots), entries: [] };
  const gets = postingChanges(
    other,
    got,
    { programme, post: { ...post, reference: `${account.customerId} ${reference}` } },
    ctx,
  );
  return [[...gives.changes, ...gets.changes], shown(gives.after)];
};

import {
  commitmentBroken,
  commitmentConflicting,
  commitmentFulfilled,
  commitmentMade,
  commitmentWithdrawn,
} from '../../events/commitment.ts';
import { newId } from '../../events/ids.ts';
import { activeCustomer, callingCustomer } from '../customers/active-customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { asItIs, decidedUnder, lockOn, written } from '../shared/store/lock.ts';
import { changeById } from '../shared/store/records.ts';
import { type Commitment, commitments, contradict, isActive, isSameSubject, shownOn } from './commitment.ts';
import { commitmentRoutes } from './commitment-routes.ts';
import { commitmentClosed } from './errors.ts';

const mostConflicts = 20;

const closings = { fulfilled: commitmentFulfilled, broken: commitmentBroken, withdrawn: commitmentWithdrawn };

/** one that has expired can still be closed */
const closeAs = (status: keyof typeof closings) =>
  changeById(commitments, (before, { note }: { note?: string | undefined }, { now }) => {
    if (before.status !== 'active') {
      throw commitmentClosed(`The commitment is already ${before.status}. Record a new commitment.`);
    }
    const after = updated(now, before, { status, closedAt: now, ...(note ? { note } : {}) });
    return { after, changes: [update(commitments, before, after), eventOf(closings[status], after)] };
  });

export const commitmentHandlers = handlers(commitmentRoutes, {
  /** a conflicting commitment was made all the same: it is recorded, and its conflicts are reported */
  makeCommitment: async ({ params: { id = '' }, body }, { now, actor, store }) => {
    const today = now.slice(0, 10);
    if (body.validUntil && body.validUntil < today) {
      throw invalid([{ path: 'validUntil', message: 'is in the past' }]);
    }
    const { id: customerId } = await activeCustomer(store, id);
    const own = { id: newId('commitment', now), customerId, status: 'active' as const, by: actor };
    const commitment: Commitment = created(now, { ...body, ...own });
    const keep = (other: Commitment) => isActive(other, today) && contradict(other, commitment);
    const lock = await lockOn(store, `commitments ${customerId}`);
    const { items: shown } = await store.belonging(commitments, customerId, { limit: mostConflicts, keep });
    const conflicts = (await asItIs(store, commitments, shown, [lock])).filter(keep).slice(0, mostConflicts);
    const closing = decidedUnder(lock, [written(commitments, { id: commitment.id })]);
    const reported = conflicts.length ? [eventOf(commitmentConflicting, commitment, { conflicts })] : [];
    const changes = [insert(commitments, commitment), closing, eventOf(commitmentMade, commitment), ...reported];
    return store.commit(changes, { ...commitment, conflicts });
  },
  commitmentsOfCustomer: async ({ params: { id = '' }, query: { status, subject, ...paging } }, { now, store }) => {
    const { id: customerId } = await activeCustomer(store, id);
    const today = now.slice(0, 10);
    const keep = (commitment: Commitment) =>
      (!subject || isSameSubject(commitment, { subject })) && (!status || shownOn(commitment, today).status === status);
    const { items, nextCursor } = await store.belonging(commitments, customerId, { ...paging, keep });
    return { items: items.map(one => shownOn(one, today)), nextCursor };
  },
  listMyCommitments: async ({ query }, ctx) => {
    const { items, nextCursor } = await ctx.store.belonging(commitments, (await callingCustomer(ctx)).id, query);
    return { items: items.map(one => shownOn(one, ctx.now.slice(0, 10))), nextCursor };
  },
  readCommitment: async ({ params: { id = '' } }, { now, store }) =>
    shownOn(await store.need(commitments, { id }), now.slice(0, 10)),
  fulfilCommitment: closeAs('fulfilled'),
  breakCommitment: closeAs('broken'),
  withdrawCommitment: closeAs('withdrawn'),
});

import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { accounts } from './account.ts';
import { subscriptions } from './contract.ts';
import { applied, postingChanges } from './post.ts';
import { postings } from './posting.ts';
import { programmes } from './programme.ts';

/** The lots whose time has come expire; what was used or moved meanwhile is not in them. */
export const reaction = consume('expirePoints', subscriptions.expirePoints, async (timer, ctx) => {
  const { store, now } = ctx;
  const { programmeId } = timer.data;
  const [programme, customer] = await Promise.all([
    store.get(programmes, { id: programmeId }),
    timer.customerId ? resolveMerged(store, timer.customerId) : undefined,
  ]);
  if (!programme || !customer) return;
  const key = { programmeId, customerId: customer.id };
  const account = await store.get(accounts, key);
  const points = account?.lots.filter(({ at }) => at <= now).reduce((sum, lot) => sum + lot.points, 0) ?? 0;
  if (!account || !points) return;
  const reference = `${timer.data.at} ${account.version}`;
  if (await store.get(postings, { ...key, kind: 'expire', reference })) return;
  const post = { kind: 'expire' as const, points, reference };
  const { changes } = postingChanges(account, applied(account, post, programme, now), { programme, post }, ctx);
  await store.commit(changes);
});

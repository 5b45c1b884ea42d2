import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { accounts } from './account.ts';
import { subscriptions } from './contract.ts';
import { newAccount } from './points.ts';
import { applied, postingChanges } from './post.ts';
import { postings } from './posting.ts';
import { programmes } from './programme.ts';

export const reaction = consume('givePoints', subscriptions.givePoints, async (event, ctx) => {
  const { programme: id, amount: points, cause, step } = event.data;
  const { store, now } = ctx;
  const [programme, customer] = await Promise.all([
    store.get(programmes, { id }),
    event.customerId ? resolveMerged(store, event.customerId) : undefined,
  ]);
  if (!programme || !customer) return;
  const key = { programmeId: id, customerId: customer.id };
  const post = { kind: 'earn' as const, points, reference: `${cause} ${step}` };
  if (await store.get(postings, { ...key, ...post })) return;
  const account = (await store.get(accounts, key)) ?? newAccount(id, customer.id, now);
  const { changes } = postingChanges(account, applied(account, post, programme, now), { programme, post }, ctx);
  await store.commit(changes);
});

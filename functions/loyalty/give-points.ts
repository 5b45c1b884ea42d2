import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { decidedDaily } from '../shared/store/decision.ts';
import { accounts } from './account.ts';
import { subscriptions } from './contract.ts';
import { newAccount } from './points.ts';
import { applied, postingChanges } from './post.ts';
import { postings } from './posting.ts';
import { programmes } from './programme.ts';

const byPage = 'a public write key brought it about, which proves nothing: let a server key track what earns points';

export const reaction = consume('givePoints', subscriptions.givePoints, async (event, ctx) => {
  const { programme: id, amount: points, cause, step, tracker } = event.data;
  const { store, now } = ctx;
  const [programme, customer] = await Promise.all([
    store.get(programmes, { id }),
    event.customerId ? resolveMerged(store, event.customerId) : undefined,
  ]);
  if (!programme || !customer) return;
  if (tracker) {
    const decision = { customerId: customer.id, kind: 'points', outcome: 'withheld', reasons: [byPage], cause };
    return store.commit(await decidedDaily(decision, store, `points-${cause}`));
  }
  const key = { programmeId: id, customerId: customer.id };
  const post = { kind: 'earn' as const, points, reference: `${cause} ${step}` };
  if (await store.get(postings, { ...key, ...post })) return;
  const account = (await store.get(accounts, key)) ?? newAccount(id, customer.id, now);
  const { changes } = postingChanges(account, applied(account, post, programme, now), { programme, post }, ctx);
  await store.commit(changes);
});

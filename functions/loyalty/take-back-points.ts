import { resolveMerged } from '../customers/active-customer.ts';
import { consume } from '../shared/events/consume.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import { accountParts, accounts } from './account.ts';
import { subscriptions } from './contract.ts';
import { pointsFor } from './earning.ts';
import { applied, postingChanges } from './post.ts';
import { type Posting, postings } from './posting.ts';
import { programmes } from './programme.ts';

/** the earnings of an order, by rule */
const earnedBy = async (store: Parameters<typeof everyRecord>[0], of: [string, string], about: string) => {
  const range = { within: { from: `earn#${about} `, to: `earn#${about}!` }, upwards: true };
  return Array.fromAsync(everyRecord<Posting, never>(store, postings as never, of, range));
};

/**
 * What an order earned is given back when it is cancelled, and in proportion when it is refunded; no more than the customer
 * still has. What was taken back before counts.
 */
export const reaction = consume(
  'takeBackPoints',
  subscriptions.takeBackPoints,
  async (event, ctx) => {
    const { store, now } = ctx;
    const customer = event.customerId ? await resolveMerged(store, event.customerId) : undefined;
    if (!customer) return;
    const refunded = event.type === 'order.refunded' ? event.data.refunded.amount : event.data.total.amount;
    for await (const own of everyRecord(store, accounts, ['customer', customer.id], { within: accountParts })) {
      const { programmeId, customerId } = own;
      const programme = await store.get(programmes, { id: programmeId });
      const of: [string, string] = ['loyalty-posting', `${programmeId}#${customerId}`];
      let account = own;
      for (const { reference, points, rule = -1 } of await earnedBy(store, of, event.about)) {
        const earning = programme?.earn[rule];
        if (!programme) continue;
        const kept = event.type === 'order.cancelled' || !earning ? 0 : pointsFor(earning, event.data, refunded);
        const before = await Array.fromAsync(
          everyRecord(store, postings, of, {
            within: { from: `takeBack#${reference} `, to: `takeBack#${reference}!` },
          }),
        );
        const already = before.reduce((sum, one) => sum + one.points, 0);
        const back = Math.min(points - kept - already, account.balance);
        if (back <= 0) continue;
        const post = { kind: 'takeBack' as const, points: back, reference: `${reference} ${before.length + 1}`, rule };
        const posted = postingChanges(account, applied(account, post, programme, now), { programme, post }, ctx);
        await store.commit(posted.changes);
        account = posted.after;
      }
    }
  },
  { once: false },
);

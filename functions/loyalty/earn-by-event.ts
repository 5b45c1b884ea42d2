import type { Delivered, EventType } from '../../events/define.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import { accounts } from './account.ts';
import { subscriptions } from './contract.ts';
import { earnedBy } from './earning.ts';
import { newAccount } from './points.ts';
import { applied, postingChanges } from './post.ts';
import { postings } from './posting.ts';
import { earning, type Programme, programmes } from './programme.ts';

type Event = Delivered<EventType>;

/** what an event of one rule is posted under: an order earns once, whatever repeats it */
const referenceOf = ({ about, id, type }: Event, rule: number) =>
  `${type.startsWith('order.') ? about : id} rule ${rule + 1}`;

const earn = async (programme: Programme, event: Event, customerId: string, ctx: Ctx): Promise<void> => {
  const { store, now } = ctx;
  const key = { programmeId: programme.id, customerId: customerId as never };
  const before = (await store.get(accounts, key)) ?? newAccount(programme.id, customerId as never, now);
  let account = before;
  for (const { rule, points } of earnedBy(programme, event, before, now)) {
    const reference = referenceOf(event, rule);
    const post = { kind: 'earn' as const, points, reference, rule, about: event.about };
    if (await store.get(postings, { ...key, kind: 'earn', reference })) continue;
    const decided = applied(account, post, programme, now);
    const posted = postingChanges(account, decided, { programme, post }, ctx);
    // several rules change the account once
    await store.commit(posted.changes);
    account = posted.after;
  }
};

/** The public keys of pages prove nothing: what they report earns no points. */
export const reaction = consume(
  'earnByEvent',
  subscriptions.earnByEvent,
  async (event, ctx) => {
    if (!event.customerId || isPublicActor(event.actor)) return;
    const concerned = await earning.concerned(ctx.store, event);
    if (!concerned.length) return;
    const [found, customer] = await Promise.all([
      ctx.store.getAll(programmes, concerned),
      resolveMerged(ctx.store, event.customerId),
    ]);
    if (!customer) return;
    for (const programme of found) await earn(programme, event, customer.id, ctx);
  },
  { once: false },
);

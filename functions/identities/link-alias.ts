import { customersOf } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { identify } from './identify.ts';

/** Two user ids of one person are left to people, or to the search for duplicates: only ids of devices are linked. */
export const linkAlias: Reaction<typeof subscriptions.linkAlias> = async ({ actor, data, occurredAt }, ctx) => {
  const { userId, previousId } = data;
  const [somebody] = await customersOf(ctx.store, [{ type: 'externalId', value: previousId }]);
  if (somebody) return;
  const { changes } = await identify({ userId, anonymousId: previousId, traits: {}, at: occurredAt, by: actor }, ctx);
  if (changes.length) await ctx.store.commit(changes);
};

export const handler = consume('linkAlias', subscriptions.linkAlias, linkAlias);

import { customerIdsByIdentity } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { identify } from './identify.ts';

/** Links device ids only: two user ids of one person are a matter of duplicate detection. */
export const linkAlias: Reaction<typeof subscriptions.linkAlias> = async (
  { tenant, actor, data, occurredAt },
  given,
) => {
  const ctx = given.as(tenant, actor);
  const { userId, previousId } = data;
  const [known] = await customerIdsByIdentity(ctx.store, [{ type: 'externalId', value: previousId }]);
  if (known) return;
  const { changes } = await identify({ userId, anonymousId: previousId, traits: {}, at: occurredAt, by: actor }, ctx);
  if (changes.length) await ctx.store.commit(changes);
};

export const reaction = consume('linkAlias', subscriptions.linkAlias, linkAlias);

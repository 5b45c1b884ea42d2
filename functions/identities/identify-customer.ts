import { categoryConsents } from '../consent/category-consents.ts';
import { isPublicActor, isPublicRecord } from '../customers/attributes/standing.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { identify } from './identify.ts';

export const identifyCustomer: Reaction<typeof subscriptions.identifyCustomer> = async (
  { actor, data, occurredAt },
  ctx,
) => {
  const isPublic = isPublicActor(actor);
  const { customer, changes } = await identify({ ...data, at: occurredAt, by: actor }, ctx);
  const consents = customer
    ? await categoryConsents(
        { customer, context: data.context, at: occurredAt, mayGrant: !isPublic || isPublicRecord(customer) },
        ctx,
      )
    : [];
  if (changes.length || consents.length) await ctx.store.commit([...changes, ...consents]);
};

export const reaction = consume('identifyCustomer', subscriptions.identifyCustomer, identifyCustomer);

import { categoryConsents } from '../consent/category-consents.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { subscriptions } from './contract.ts';
import { identify } from './identify.ts';

export const identifyCustomer: Reaction<typeof subscriptions.identifyCustomer> = async (
  { tenant, actor, data, occurredAt },
  given,
) => {
  // what follows from a call is the tracker's doing
  const ctx = given.as(tenant, actor);
  const { customer, changes, isPublic } = await identify({ ...data, at: occurredAt, by: actor }, ctx);
  const consents = customer
    ? await categoryConsents({ customer, context: data.context, at: occurredAt, isPublic }, ctx)
    : [];
  if (changes.length || consents.length) await ctx.store.commit([...changes, ...consents]);
};

export const reaction = consume('identifyCustomer', subscriptions.identifyCustomer, identifyCustomer);

import type { Reaction } from '../shared/contract.ts';
import { listen } from '../shared/listen.ts';
import { hears } from './contract.ts';
import { identify } from './identify.ts';

export const identifyCustomer: Reaction<typeof hears.identifyCustomer> = async ({ actor, data, occurredAt }, ctx) => {
  const changes = await identify({ ...data, at: occurredAt, by: actor }, ctx);
  if (changes.length) await ctx.store.commit(changes);
};

export const handler = listen('identifyCustomer', hears.identifyCustomer, identifyCustomer);

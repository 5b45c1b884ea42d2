import { setTimeout } from 'node:timers/promises';
import { activeCustomer } from '../customers/active-customer.ts';
import { Identity, identities, identityMovesSeenWithinMs, released } from '../customers/identity.ts';
import { serve } from '../shared/http/serve.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { routes } from './contract.ts';
import { identityNotFound } from './errors.ts';
import { identityProofSecrets, newSecret } from './identity-proof.ts';

export const handler = serve(routes, {
  listIdentities: async ({ params: { id = '' }, query }, { store }) => {
    await activeCustomer(store, id);
    const within = { from: 'identity#', to: 'identity$' };
    const { items, nextCursor } = await recordPage(store, identities, ['customer', id], { ...query, within });
    return { items: items.filter(one => !one.released), nextCursor };
  },
  releaseIdentity: async ({ params: { id = '', type = '', value = '' } }, { now, store }) => {
    await activeCustomer(store, id);
    const known = Identity.shape.type.safeParse(type).success;
    const link = known ? await store.get(identities, { id, type, value }) : undefined;
    if (!link || link.released) throw identityNotFound();
    const reply = await store.commit(released(now, link), link);
    // what is tracked after the reply is no longer the customer's
    await setTimeout(identityMovesSeenWithinMs);
    return reply;
  },
  createIdentitySecret: async (_, { store, now }) => {
    const { after, change } = newSecret(now, await store.get(identityProofSecrets, {}));
    return store.commit([change], after);
  },
});

import { accessRevoked } from '../../events/portal.ts';
import { digestKey } from '../customers/erased-identities.ts';
import { handlers } from '../shared/http/contract.ts';
import { keysOf, rotated } from '../shared/http/secret.ts';
import { emit } from '../shared/store/changes.ts';
import { linkKeyRoutes } from './link-key-routes.ts';

export const linkKeyHandlers = handlers(linkKeyRoutes, {
  createLinkKey: async ({ body: { revoke } }, { now, store }) => {
    const before = await keysOf(store);
    // derived from the first key, which may go
    if (revoke) await digestKey(store);
    const { keys, change } = rotated(before, now, { revoke });
    const { id, createdAt } = keys.at(-1)!;
    const event = revoke ? [emit(accessRevoked, { about: 'all', data: {} })] : [];
    return store.commit([change, ...event], { id, createdAt, accepted: keys.map(key => key.id) });
  },
});

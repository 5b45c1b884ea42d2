import { portalSettingsChanged } from '../../events/portal.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { insert, say, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { portalSettings } from './portal-settings.ts';

export const putPortalSettings: UseCase<typeof routes.putPortalSettings> = async ({ body }, { store }) => {
  const before = await store.get(portalSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(portalSettings, before, after) : insert(portalSettings, after);
  return store.commit([changed, say(portalSettingsChanged, { about: 'portal', data: body })], after);
};

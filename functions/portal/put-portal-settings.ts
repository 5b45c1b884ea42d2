import { portalSettingsChanged } from '../../events/portal.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { portalSettings } from './portal-settings.ts';

export const putPortalSettings: Handler<typeof routes.putPortalSettings> = async ({ body }, { store }) => {
  const before = await store.get(portalSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(portalSettings, before, after) : insert(portalSettings, after);
  return store.commit([changed, emit(portalSettingsChanged, { about: 'portal', data: body })], after);
};

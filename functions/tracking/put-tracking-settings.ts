import { trackingSettingsChanged } from '../../events/tracked.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { trackingSettings } from './tracking-settings.ts';

export const putTrackingSettings: Handler<typeof routes.putTrackingSettings> = async ({ body }, { store }) => {
  const before = await store.get(trackingSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(trackingSettings, before, after) : insert(trackingSettings, after);
  return store.commit([changed, emit(trackingSettingsChanged, { about: 'tracking', data: body })], after);
};

import { preferenceSettingsChanged } from '../../events/consent.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { preferenceRoutes } from './preference-routes.ts';
import { preferenceSettings } from './preference-settings.ts';

export const putPreferenceSettings: Handler<typeof preferenceRoutes.putPreferenceSettings> = async (
  { body },
  { store },
) => {
  const before = await store.get(preferenceSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(preferenceSettings, before, after) : insert(preferenceSettings, after);
  const { name, colour, languages, keepNetwork } = body;
  const data = { name, colour, languages, keepNetwork };
  return store.commit([changed, emit(preferenceSettingsChanged, { about: 'preferences', data })], after);
};

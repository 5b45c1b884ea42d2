import { matchingSettingsChanged } from '../../events/duplicate.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit, insert, update } from '../shared/store/changes.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { matchingSettings } from './settings.ts';

export const changeMatchingSettings: Handler<typeof duplicateRoutes.changeMatchingSettings> = async (
  { body },
  { store },
) => {
  const before = await store.get(matchingSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(matchingSettings, before, after) : insert(matchingSettings, after);
  return store.commit([changed, emit(matchingSettingsChanged, { about: 'matching', data: body })], after);
};

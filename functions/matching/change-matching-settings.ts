import { matchingSettingsChanged } from '../../events/duplicate.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { insert, say, update } from '../shared/store/changes.ts';
import type { duplicateRoutes } from './duplicate-routes.ts';
import { matchingSettings } from './settings.ts';

export const changeMatchingSettings: UseCase<typeof duplicateRoutes.changeMatchingSettings> = async (
  { body },
  { store },
) => {
  const before = await store.get(matchingSettings, {});
  const after = { ...body, version: (before?.version ?? 0) + 1 };
  const changed = before ? update(matchingSettings, before, after) : insert(matchingSettings, after);
  return store.commit([changed, say(matchingSettingsChanged, { about: 'matching', data: body })], after);
};

import type { Handlers } from '../shared/http/contract.ts';
import { createPreferencesLink } from './create-preferences-link.ts';
import type { preferenceRoutes } from './preference-routes.ts';
import { putPreferenceSettings } from './put-preference-settings.ts';
import { readPreferenceSettings } from './read-preference-settings.ts';
import { savePreferences } from './save-preferences.ts';
import { showPreferences } from './show-preferences.ts';

export const preferenceUseCases: Handlers<typeof preferenceRoutes> = {
  showPreferences,
  savePreferences,
  createPreferencesLink,
  readPreferenceSettings,
  putPreferenceSettings,
};

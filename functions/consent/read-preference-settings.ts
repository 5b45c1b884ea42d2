import type { Handler } from '../shared/http/contract.ts';
import type { preferenceRoutes } from './preference-routes.ts';
import { preferenceSettingsOf } from './preference-settings.ts';

export const readPreferenceSettings: Handler<typeof preferenceRoutes.readPreferenceSettings> = (_, { store }) =>
  preferenceSettingsOf(store);

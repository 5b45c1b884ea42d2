import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { portalSettingsOf } from './portal-settings.ts';

export const readPortalSettings: Handler<typeof routes.readPortalSettings> = (_, { store }) => portalSettingsOf(store);

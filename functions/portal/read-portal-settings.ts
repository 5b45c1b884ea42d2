import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { portalSettingsOf } from './portal-settings.ts';

export const readPortalSettings: UseCase<typeof routes.readPortalSettings> = (_, { store }) => portalSettingsOf(store);

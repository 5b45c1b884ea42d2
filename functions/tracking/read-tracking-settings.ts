import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { trackingSettings } from './tracking-settings.ts';

export const readTrackingSettings: Handler<typeof routes.readTrackingSettings> = async (_, { store }) =>
  (await store.get(trackingSettings, {})) ?? { version: 0 };

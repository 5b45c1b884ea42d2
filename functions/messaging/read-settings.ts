import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { messagingSettings } from './settings.ts';

export const readSettings: Handler<typeof routes.readSettings> = async (_, { store }) =>
  (await store.get(messagingSettings, {})) ?? { frequencyCaps: [] };

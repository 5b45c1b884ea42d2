import type { Handler } from '../shared/http/contract.ts';
import type { retentionRoutes } from './retention-routes.ts';
import { retentionOf } from './retention-settings.ts';

export const readRetention: Handler<typeof retentionRoutes.readRetention> = (_, { store }) => retentionOf(store);

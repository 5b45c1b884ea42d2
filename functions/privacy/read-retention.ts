import { retentionOf } from '../customers/retention-settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { retentionRoutes } from './retention-routes.ts';

export const readRetention: Handler<typeof retentionRoutes.readRetention> = (_, { store }) => retentionOf(store);

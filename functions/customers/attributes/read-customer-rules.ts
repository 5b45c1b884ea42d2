import type { Handler } from '../../shared/http/contract.ts';
import { settingsOf } from '../settings.ts';
import type { attributeRoutes } from './attribute-routes.ts';

export const readCustomerRules: Handler<typeof attributeRoutes.readCustomerRules> = (_, { store }) => settingsOf(store);

import type { UseCase } from '../../shared/contract.ts';
import { settingsOf } from '../settings.ts';
import type { routes } from './contract.ts';

export const readCustomerRules: UseCase<typeof routes.readCustomerRules> = (_, { store }) => settingsOf(store);

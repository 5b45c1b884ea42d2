import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { hygieneOf } from './hygiene/rules.ts';

export const readHygieneRules: Handler<typeof routes.readHygieneRules> = (_, { store }) => hygieneOf(store);

import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { hygieneOf } from './hygiene/rules.ts';

export const readHygieneRules: UseCase<typeof routes.readHygieneRules> = (_, { store }) => hygieneOf(store);

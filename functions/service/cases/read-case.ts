import type { UseCase } from '../../shared/http/contract.ts';
import type { routes } from '../contract.ts';
import { cases } from './case.ts';

export const readCase: UseCase<typeof routes.readCase> = ({ params: { id = '' } }, { store }) =>
  store.need(cases, { id });

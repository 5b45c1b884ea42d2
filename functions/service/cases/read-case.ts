import type { Handler } from '../../shared/http/contract.ts';
import type { routes } from '../contract.ts';
import { cases } from './case.ts';

export const readCase: Handler<typeof routes.readCase> = ({ params: { id = '' } }, { store }) =>
  store.need(cases, { id });

import { needCustomer } from '../../customers/reads.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { cases } from '../cases/case.ts';
import type { myCaseRoutes } from './my-case-routes.ts';

export const listMyCases: Handler<typeof myCaseRoutes.listMyCases> = async ({ query }, { store, me }) => {
  const { id } = await needCustomer(store, me);
  return store.belonging(cases, id, query);
};

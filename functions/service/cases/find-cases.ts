import type { Handler } from '../../shared/http/contract.ts';
import type { Store } from '../../shared/store/store.ts';
import type { routes } from '../contract.ts';
import { type Case, caseStatuses, cases } from './case.ts';

const byNumber = async (store: Store, number: string) => {
  const id = await store.holder(cases, 'number', number.trim().toUpperCase());
  const found = id && (await store.get(cases, { id }));
  return found ? [found] : [];
};

/** the shortest list there is for what is asked, filtered by the rest */
export const findCases: Handler<typeof routes.findCases> = async ({ query }, { store }) => {
  const { number, status, queue, agentId, customerId, ...paging } = query;
  const wanted = Object.entries({ status, queue, agentId, customerId }).filter(([, value]) => value !== undefined);
  const keep = (one: Case) => wanted.every(([field, value]) => one[field as keyof Case] === value);
  if (number !== undefined) return { items: (await byNumber(store, number)).filter(keep), nextCursor: null };
  if (customerId) return store.belonging(cases, customerId, { ...paging, keep });
  if (agentId) return store.list(cases, 'agent', agentId, { ...paging, keep });
  return store.list(cases, 'status', status ?? [...caseStatuses], { ...paging, keep });
};

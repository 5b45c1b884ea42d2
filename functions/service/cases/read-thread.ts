import type { Handler } from '../../shared/http/contract.ts';
import { revive } from '../../shared/store/entity.ts';
import type { routes } from '../contract.ts';
import { caseMessages, cases, messageParts } from './case.ts';

export const readThread: Handler<typeof routes.readThread> = async ({ params: { id = '' }, query }, { store }) => {
  await store.need(cases, { id });
  const { items, nextCursor } = await store.range(['case', id], { ...query, within: messageParts });
  return { items: items.map(item => revive(caseMessages, item)), nextCursor };
};

import type { Handler } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { leads } from './lead.ts';
import { disqualified } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';

export const disqualifyLead: Handler<typeof leadRoutes.disqualifyLead> = async (
  { params: { id = '' }, body: { reason } },
  { now, store },
) => {
  const before = await store.need(leads, { id });
  const { lead, said } = disqualified(now, before, reason);
  return store.commit([update(leads, before, lead), ...said], lead);
};

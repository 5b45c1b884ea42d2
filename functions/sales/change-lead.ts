import type { Handler } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { leads } from './lead.ts';
import { patched } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';

export const changeLead: Handler<typeof leadRoutes.changeLead> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(leads, { id });
  const { lead, said } = patched(now, before, body);
  return store.commit([update(leads, before, lead), ...said], lead);
};

import { leadChanged } from '../../events/lead.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { leads } from './lead.ts';
import { changed, needNew, told } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';

export const changeLead: UseCase<typeof leadRoutes.changeLead> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(leads, { id });
  needNew(before);
  const { lead, write } = changed(now, before, body);
  return store.commit([write, say(leadChanged, { customerId: lead.customerId, about: id, data: told(lead) })], lead);
};

import { leadDisqualified } from '../../events/lead.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { leads } from './lead.ts';
import { changed, needNew, told } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';

export const disqualifyLead: UseCase<typeof leadRoutes.disqualifyLead> = async (
  { params: { id = '' }, body: { reason } },
  { now, store },
) => {
  const before = await store.need(leads, { id });
  needNew(before);
  const { lead, write } = changed(now, before, { status: 'disqualified', reason });
  const data = { ...told(lead), reason };
  return store.commit([write, say(leadDisqualified, { customerId: lead.customerId, about: id, data })], lead);
};

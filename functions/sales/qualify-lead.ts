import { newId } from '../../events/ids.ts';
import { leadQualified } from '../../events/lead.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { leads } from './lead.ts';
import { changed, needNew, told } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';
import { opened, written } from './opportunity-life.ts';
import { needPipeline } from './pipeline-reads.ts';

export const qualifyLead: Handler<typeof leadRoutes.qualifyLead> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(leads, { id });
  needNew(before);
  const { customerId, interest, value, ownerId, source, contact } = before;
  if (!customerId) {
    const message = 'who this lead’s contact is has not been found out yet; try again';
    throw new ApiError('conflict', 'lead.contact-unknown', message, { retryAfter: 1 });
  }
  const { opportunity, said } = opened(now, await needPipeline(store, body.pipelineId), {
    id: newId('opportunity', now),
    customerId,
    leadId: before.id,
    name: body.name ?? interest ?? contact?.name ?? 'Opportunity',
    amount: body.amount ?? value,
    closeOn: body.closeOn,
    ownerId,
    source,
  });
  const { lead, write } = changed(now, before, { status: 'qualified', opportunityId: opportunity.id });
  const data = { ...told(lead), opportunityId: opportunity.id };
  const qualified = emit(leadQualified, { customerId, about: id, data });
  return store.commit([write, qualified, ...written(undefined, opportunity), ...said], opportunity);
};

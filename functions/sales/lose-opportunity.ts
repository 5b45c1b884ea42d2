import { opportunityLost } from '../../events/opportunity.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { opportunities } from './opportunity.ts';
import { changed, daysBetween, needOpen, told } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const loseOpportunity: UseCase<typeof opportunityRoutes.loseOpportunity> = async (
  { params: { id = '' }, body: { reason } },
  { now, store },
) => {
  const before = await store.need(opportunities, { id });
  needOpen(before);
  const { opportunity, changes } = changed(now, before, { status: 'lost', reason, closedAt: now });
  const { customerId, createdAt } = opportunity;
  const data = { ...told(opportunity), reason, daysOpen: daysBetween(createdAt, now) };
  return store.commit([...changes, say(opportunityLost, { customerId, about: id, data })], opportunity);
};

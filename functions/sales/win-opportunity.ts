import { opportunityWon } from '../../events/opportunity.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { opportunities } from './opportunity.ts';
import { changed, daysBetween, needOpen, told } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

export const winOpportunity: UseCase<typeof opportunityRoutes.winOpportunity> = async (
  { params: { id = '' }, body: { reason = null } },
  { now, store },
) => {
  const before = await store.need(opportunities, { id });
  needOpen(before);
  const { opportunity, changes } = changed(now, before, { status: 'won', reason, closedAt: now });
  const { customerId, createdAt } = opportunity;
  const data = { ...told(opportunity), reason, daysOpen: daysBetween(createdAt, now) };
  return store.commit([...changes, say(opportunityWon, { customerId, about: id, data })], opportunity);
};

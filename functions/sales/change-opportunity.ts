import { opportunityChanged } from '../../events/opportunity.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import { opportunities } from './opportunity.ts';
import { changed, needOpen, told } from './opportunity-life.ts';
import type { opportunityRoutes } from './opportunity-routes.ts';

type Route = typeof opportunityRoutes.changeOpportunity;

export const changeOpportunity: UseCase<Route> = async ({ params: { id = '' }, body }, { now, store }) => {
  const before = await store.need(opportunities, { id });
  needOpen(before);
  const { opportunity, changes } = changed(now, before, body);
  const { customerId, closeOn } = opportunity;
  const data = { ...told(opportunity), closeOn };
  return store.commit([...changes, say(opportunityChanged, { customerId, about: id, data })], opportunity);
};

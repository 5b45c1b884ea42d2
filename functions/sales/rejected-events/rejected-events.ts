import { handlers } from '../../shared/http/contract.ts';
import { rejectedEvents } from './rejected-event.ts';
import { rejectedEventRoutes } from './rejected-event-routes.ts';

export const rejectedEventHandlers = handlers(rejectedEventRoutes, {
  listRejectedEvents: ({ query }, { store }) => store.list(rejectedEvents, 'all', 'all', query),
});

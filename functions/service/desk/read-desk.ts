import type { Handler } from '../../shared/http/contract.ts';
import { type Entity, revive } from '../../shared/store/entity.ts';
import type { Paging, Store } from '../../shared/store/store.ts';
import type { routes } from '../contract.ts';
import { agents } from './agent.ts';
import { calendars } from './business-calendar.ts';
import { queues } from './queue.ts';
import { slaPolicies } from './sla-policy.ts';

const pageOf = async <T>(store: Store, entity: Entity<T, { id: string }>, paging: Paging) => {
  const { items, nextCursor } = await store.range([entity.kind, 'all'], { ...paging, upwards: true });
  return { items: items.map(item => revive(entity, item)), nextCursor };
};

export const readAgent: Handler<typeof routes.readAgent> = ({ params: { userId = '' } }, { store }) =>
  store.need(agents, { id: userId });
export const listAgents: Handler<typeof routes.listAgents> = ({ query }, { store }) => pageOf(store, agents, query);

export const readCalendar: Handler<typeof routes.readCalendar> = ({ params: { id = '' } }, { store }) =>
  store.need(calendars, { id });
export const listCalendars: Handler<typeof routes.listCalendars> = ({ query }, { store }) =>
  pageOf(store, calendars, query);

export const readQueue: Handler<typeof routes.readQueue> = ({ params: { id = '' } }, { store }) =>
  store.need(queues, { id });
export const listQueues: Handler<typeof routes.listQueues> = ({ query }, { store }) => pageOf(store, queues, query);

export const readSlaPolicy: Handler<typeof routes.readSlaPolicy> = ({ params: { id = '' } }, { store }) =>
  store.need(slaPolicies, { id });
export const listSlaPolicies: Handler<typeof routes.listSlaPolicies> = ({ query }, { store }) =>
  pageOf(store, slaPolicies, query);

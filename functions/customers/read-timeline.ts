import type { Contact } from '../../events/define.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { Item } from '../shared/store/entity.ts';
import type { routes } from './contract.ts';
import { activeCustomer } from './living.ts';
import { hiddenFrom, shownEvent } from './shown.ts';

export type Detail = { id: string; occurredAt: string; actor: string; about: string; data: unknown };

/** an event item as timelines show it */
export const timelineEntry = ({ type, doc, contact }: Item) => {
  const { id, occurredAt, actor, about, data } = doc as Detail;
  return {
    id,
    type: type as string,
    occurredAt,
    actor,
    about,
    data,
    ...(contact ? { contact: contact as Contact } : {}),
  };
};

export const readTimeline: Handler<typeof routes.readTimeline> = async ({ params: { id = '' }, query }, ctx) => {
  const { store } = ctx;
  const { type, from = '', to = ':', ...paging } = query; // ':' sorts after every year
  const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(store, id)]);
  const filter = type && {
    FilterExpression: '#type = :type',
    ExpressionAttributeNames: { '#type': 'type' },
    ExpressionAttributeValues: { ':type': type },
  };
  const within = { from: `@${from}`, to: `@${to}` };
  const { items, nextCursor } = await store.range(['customer', id], {
    ...paging,
    within,
    ...(filter ? { filter } : {}),
  });
  return { items: items.map(item => shownEvent(timelineEntry(item), hidden)), nextCursor };
};

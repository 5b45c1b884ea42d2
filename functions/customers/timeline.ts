import * as z from 'zod';
import { events } from '#declared/events.ts';
import type { Contact } from '../../events/define.ts';
import { Instant } from '../shared/http/contract.ts';
import type { Item } from '../shared/store/entity.ts';
import { allEvents, type Filter } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { didYouMean } from '../shared/text/did-you-mean.ts';

const Direction = z
  .enum(['in', 'out'])
  .describe('whether the customer contacted the company, or the company the customer');

export const TimelineEvent = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: Instant,
  actor: z.string(),
  issuer: z.string().optional().describe('who had the token issued that the customer acted with'),
  about: z.string(),
  contact: Direction.optional(),
  data: z.unknown(),
});
export type TimelineEvent = z.output<typeof TimelineEvent>;

const mostTypes = 20;

/** `type=order.created,order.completed` */
export const TypeList = z
  .string()
  .max(2000)
  .transform(text => text.split(',').map(type => type.trim()))
  .superRefine((types, context) => {
    const known = events.map(({ name }) => name);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (types.length > mostTypes) refuse(`names more than ${mostTypes} types`);
    for (const type of types) if (!known.includes(type)) refuse(`there is no event ${type}${didYouMean(type, known)}`);
  })
  .meta({ description: 'types of events, separated by commas', examples: ['order.created,order.completed'] });

export type EventDetail = {
  id: string;
  occurredAt: string;
  actor: string;
  issuer?: string;
  about: string;
  data: unknown;
};

export const timelineEntry = ({ type, doc, contact }: Item): TimelineEvent => {
  const { id, occurredAt, actor, issuer, about, data } = doc as EventDetail;
  const direction = contact ? { contact: contact as Contact } : {};
  return { id, type: type as string, occurredAt, actor, ...(issuer ? { issuer } : {}), about, data, ...direction };
};

const pageSize = 500;

type Latest = { filter: Filter | undefined; pages: number; since?: string | undefined };

/** the events among the latest of a timeline, from an instant on, that pass a filter, newest first; `complete`: all were read */
export const latestEvents = async (store: Store, id: string, { filter, pages, since = '' }: Latest) => {
  const events: TimelineEvent[] = [];
  let after: string | undefined;
  for (let page = 0; page < pages; page++) {
    const within = { ...allEvents, from: `${allEvents.from}${since}` };
    const part = { limit: pageSize, within, ...(filter ? { filter } : {}), ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['customer', id], part);
    events.push(...items.map(timelineEntry));
    after = last;
    if (!after) break;
  }
  return { events, complete: !after };
};

export const Touch = z.object({
  at: Instant,
  type: z.string(),
  direction: Direction,
  actor: z.string(),
  about: z.string(),
});
export type Touch = z.output<typeof Touch>;

export const lastTouch = (events: TimelineEvent[]): Touch | null => {
  const touch = events.find(({ contact }) => contact);
  if (!touch?.contact) return null;
  const { occurredAt: at, type, contact: direction, actor, about } = touch;
  return { at, type, direction, actor, about };
};

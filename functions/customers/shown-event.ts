import type { Ctx } from '../shared/http/context.ts';
import { isObject } from '../shared/json.ts';
import type { Item } from '../shared/store/entity.ts';
import { withinReach } from './event-areas.ts';
import { type Hidden, redactEvent } from './redact.ts';
import { type TimelineEvent, timelineEntry } from './timeline.ts';

const contents = ['content', 'scope', 'event'];

/** an event of a timeline as a caller sees it: without hidden values, and without the content of a message that it may not read */
export const shownEvent = (reader: Pick<Ctx, 'scopes'>, item: Item, hidden: Hidden): TimelineEvent => {
  const event = redactEvent(timelineEntry(item), hidden);
  const { event: led } = isObject(event.data) ? event.data : {};
  if (isObject(led)) event.data = { ...(event.data as object), event: withinReach(reader, led) };
  if (event.type !== 'message.requested' || reader.scopes.has('messages.confidential')) return event;
  const data = Object.entries(event.data as object).filter(([name]) => !contents.includes(name));
  return { ...event, data: Object.fromEntries(data) };
};

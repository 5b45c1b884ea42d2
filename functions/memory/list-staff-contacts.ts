import { activeCustomer } from '../customers/active-customer.ts';
import { mayReadEvent } from '../customers/event-areas.ts';
import { lastTouch, latestEvents, type TimelineEvent } from '../customers/timeline.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import { byStaff } from '../shared/store/filters.ts';
import type { routes } from './contract.ts';

/** pages of the timeline that are read: the latest 2,000 events */
const pages = 4;

type StaffContact = ReplyOf<typeof routes.listStaffContacts>['items'][number];

const staffContact = (actor: string, events: TimelineEvent[]): StaffContact => {
  const contacts = events.filter(one => lastTouch([one]));
  const [{ type, about, occurredAt: lastAt }] = events as [TimelineEvent];
  return {
    actor,
    events: events.length,
    contacts: contacts.length,
    firstAt: events.at(-1)!.occurredAt,
    lastAt,
    lastContactAt: contacts[0]?.occurredAt ?? null,
    last: { type, about },
  };
};

export const listStaffContacts: Handler<typeof routes.listStaffContacts> = async ({ params: { id = '' } }, ctx) => {
  const { store } = ctx;
  const customer = await activeCustomer(store, id);
  const { events, complete } = await latestEvents(store, customer.id, { filter: byStaff, pages });
  const readable = events.filter(event => mayReadEvent(ctx, event));
  const byActor = Map.groupBy(readable, ({ actor }) => actor);
  return { items: [...byActor].map(([actor, some]) => staffContact(actor, some)), complete };
};

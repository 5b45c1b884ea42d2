import { activeCustomer } from '../customers/active-customer.ts';
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

export const listStaffContacts: Handler<typeof routes.listStaffContacts> = async (
  { params: { id = '' } },
  { store },
) => {
  const customer = await activeCustomer(store, id);
  const { events, complete } = await latestEvents(store, customer.id, { filter: byStaff, pages });
  const byActor = Map.groupBy(events, ({ actor }) => actor);
  return { items: [...byActor].map(([actor, some]) => staffContact(actor, some)), complete };
};

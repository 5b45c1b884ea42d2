import { lastTouch } from '../customers/last-touch.ts';
import { activeCustomer } from '../customers/living.ts';
import { timelineEntry } from '../customers/read-timeline.ts';
import type { TimelineEvent } from '../customers/timeline-event.ts';
import type { Handler, ReplyOf } from '../shared/http/contract.ts';
import type { Store } from '../shared/store/store.ts';
import type { routes } from './contract.ts';

/** how much of a timeline is read, the latest first */
const most = { page: 500, pages: 4 };

const byStaff = {
  FilterExpression: 'begins_with(#doc.#actor, :staff)',
  ExpressionAttributeNames: { '#doc': 'doc', '#actor': 'actor' },
  ExpressionAttributeValues: { ':staff': 'user:' },
};

const staffEvents = async (store: Store, id: string) => {
  const events: TimelineEvent[] = [];
  let after: string | undefined;
  for (let page = 0; page < most.pages; page++) {
    const part = { limit: most.page, within: { from: '@', to: '@:' }, filter: byStaff, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(['customer', id], part);
    events.push(...items.map(timelineEntry));
    after = last;
    if (!after) break;
  }
  return { events, complete: !after };
};

type StaffContact = ReplyOf<typeof routes.listStaffContacts>['items'][number];

/** of the events of one user, the latest first */
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
  const { events, complete } = await staffEvents(store, customer.id);
  const byActor = Map.groupBy(events, ({ actor }) => actor);
  return { items: [...byActor].map(([actor, some]) => staffContact(actor, some)), complete };
};

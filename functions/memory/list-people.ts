import { lastTouch } from '../customer-view/last-touch.ts';
import { activeCustomer } from '../customers/living.ts';
import { timelineEntry } from '../customers/read-timeline.ts';
import type { TimelineEvent } from '../customers/timeline-event.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { Store } from '../shared/store/store.ts';
import type { Acquaintance } from './acquaintance.ts';
import type { routes } from './contract.ts';

/** how much of a timeline is looked at, the latest first */
const looked = { page: 500, pages: 4 };

const byStaff = {
  FilterExpression: 'begins_with(#doc.#actor, :staff)',
  ExpressionAttributeNames: { '#doc': 'doc', '#actor': 'actor' },
  ExpressionAttributeValues: { ':staff': 'user:' },
};

const staffEvents = async (store: Store, id: string) => {
  const found: TimelineEvent[] = [];
  let after: string | undefined;
  for (let page = 0; page < looked.pages; page++) {
    const { items, last } = await store.partition(['customer', id], {
      limit: looked.page,
      within: { from: '@', to: '@:' },
      filter: byStaff,
      ...(after ? { after } : {}),
    });
    found.push(...items.map(timelineEntry));
    after = last;
    if (!after) break;
  }
  return { found, complete: !after };
};

/** what one did, latest first */
const acquaintance = (actor: string, did: TimelineEvent[]): Acquaintance => {
  const contacts = did.filter(one => lastTouch([one]));
  const [{ type, about, occurredAt: lastAt }] = did as [TimelineEvent];
  return {
    actor,
    events: did.length,
    contacts: contacts.length,
    firstAt: did.at(-1)!.occurredAt,
    lastAt,
    lastContactAt: contacts[0]?.occurredAt ?? null,
    last: { type, about },
  };
};

/** Who of the staff knows a customer, the latest first. */
export const listPeople: Handler<typeof routes.listPeople> = async ({ params: { id = '' } }, { store }) => {
  const customer = await activeCustomer(store, id);
  const { found, complete } = await staffEvents(store, customer.id);
  const byActor = Map.groupBy(found, ({ actor }) => actor);
  return { items: [...byActor].map(([actor, did]) => acquaintance(actor, did)), complete };
};

import { mayReadDocument, type StoredDocument } from '../activities/document.ts';
import { consents, effective } from '../consent/consent.ts';
import { memberships } from '../customer-facts/membership.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { readableEvents } from '../customers/event-areas.ts';
import { purposeFor } from '../customers/purpose.ts';
import { hiddenFrom, masked, redact } from '../customers/redact.ts';
import { tellableSegments, withoutRevealing } from '../customers/revealing.ts';
import { shownEvent } from '../customers/shown-event.ts';
import { segments } from '../segments/segment.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import { mayRead } from '../shared/http/roles.ts';
import { type Item, main, revive } from '../shared/store/entity.ts';
import type { Filter } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import type { routes } from './contract.ts';
import { ofKind } from './part.ts';
import { viewOf, withheldFrom } from './view.ts';

const most = { timeline: 25, parts: 200, records: 300, pages: 10 };

const isEvent = ({ kind }: Item) => kind === 'event';

/** The main record, the parts and the latest events: one call, and one more for each 226 parts beyond 200. */
const partitionOf = async (store: Store, id: string, filter: Filter | undefined): Promise<Item[]> => {
  const found: Item[] = [];
  let after: string | undefined;
  for (let page = 0; page < most.pages; page++) {
    const limit = 1 + most.timeline + most.parts;
    const { items, last } = await store.partition(['customer', id], {
      limit,
      ...(filter ? { filter } : {}),
      ...(after ? { after } : {}),
    });
    found.push(...items);
    if (!last || found.filter(isEvent).length >= most.timeline) break;
    after = last;
  }
  return found;
};

const refuse = async (store: Store, id: string): Promise<never> => {
  await activeCustomer(store, id);
  throw new VersionConflict('the customer was created by another request');
};

/** everybody who reads customers sees that a case is open, not what it is about */
const readableRecord = (item: Item, ctx: Ctx): Item[] => {
  if (item.kind === 'document') return mayReadDocument(ctx, item.doc as StoredDocument) ? [item] : [];
  if (item.kind !== 'case' || mayRead(ctx, 'service')) return [item];
  return [{ ...item, doc: { ...(item.doc as object), subject: masked, agentId: null } }];
};

/**
 * Two store calls, whatever the length of the history: the customer's partition and the records that belong to it; a third for the
 * names of segments, another one for callers without the scope for confidential values, and more for those to whom its segments may tell what they may not read.
 */
export const readView: Handler<typeof routes.readView> = async ({ params: { id = '' }, query }, ctx) => {
  const { store, now } = ctx;
  const [items, records, hidden, purpose] = await Promise.all([
    partitionOf(store, id, readableEvents(ctx)),
    store.owned(id, { limit: most.records }),
    hiddenFrom(ctx),
    purposeFor(query.purpose, ctx),
  ]);
  const found = items.find(({ sk }) => sk === main);
  const customer = found && revive(customers, found);
  if (!customer || customer.mergedInto || customer.erasedAt) return refuse(store, id);
  const latest = items.filter(isEvent).slice(0, most.timeline);
  const parts = items.filter(item => item !== found && !isEvent(item));
  const segmentIds = ofKind(parts, memberships).map(({ segmentId }) => segmentId);
  const [timeline, tellable, named] = await Promise.all([
    withoutRevealing(
      latest.map(item => shownEvent(ctx, item, hidden)),
      ctx,
    ),
    tellableSegments(segmentIds, ctx),
    segmentIds.length ? store.getByIds(segments, segmentIds) : [],
  ]);
  const data = {
    customer: redact(customer, hidden),
    consents: ofKind(items, consents).map(consent => effective(consent, now)),
    parts: parts.filter(
      item => item.kind !== memberships.kind || tellable.has((item.doc as { segmentId: string }).segmentId),
    ),
    segmentNames: new Map<string, string>(named.map(one => [one.id, one.name])),
    timeline,
    records: records.flatMap(item => readableRecord(item, ctx)),
    withheld: withheldFrom(ctx),
    more: records.length === most.records,
    now,
  };
  return viewOf(data, { department: query.for, purpose });
};

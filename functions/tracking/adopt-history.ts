import { customerSettled } from '../../events/customer.ts';
import { identitySettled, type TrackedIdentity } from '../../events/tracked.ts';
import { isPublicActor } from '../customers/attributes/standing.ts';
import { customerById, customerIdsByIdentity, identitiesOf } from '../customers/reads.ts';
import { unknownPartition } from '../shared/events/anonymous-partition.ts';
import { consume } from '../shared/events/consume.ts';
import { interest } from '../shared/events/interest.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { type Change, schedule } from '../shared/store/changes.ts';
import type { Item } from '../shared/store/entity.ts';
import { allEvents } from '../shared/store/filters.ts';
import { plus } from '../shared/time/duration.ts';
import { subscriptions } from './contract.ts';
import { rulesOf } from './recording-rules.ts';
import { movedVisits } from './visits-due.ts';

const pageSize = 100;
const mostPages = 40;
/** by then every request that read the identity as unknown has ended */
const settledAfterMs = 60_000;
/** an identity that was linked longer ago has settled */
const latelyMs = 60 * 60_000;
/** behaviour younger than this is published again, now that its customer is known */
const freshMs = 10 * 60_000;

type Doc = { actor: string; occurredAt: string; data?: { event?: string } };

/**
 * An event as the customer's. A fresh anonymous event is published again under the same id: a subscriber that could not use it
 * before can now, and one that has handled it recognises it. Of older history only orders are published, as events of the past.
 */
const adopted =
  (customerId: string, now: string, retention: string | undefined) =>
  (item: Item): Item => {
    const { publish: _, expiresAt, ...rest } = item;
    const type = item.type as string;
    const doc = item.doc as Doc;
    const isUsed = interest.counted(type) || type === 'tracked.group';
    const isFresh = isUsed && Date.parse(now) - Date.parse(doc.occurredAt) < freshMs;
    const isLate = !isFresh && interest.always(type, doc.data?.event);
    const ends = retention && Math.floor(Date.parse(plus(doc.occurredAt, retention)) / 1000);
    return {
      ...rest,
      // computed attributes have not counted it yet
      adopted: now,
      ...(isFresh || isLate ? { publish: true } : {}),
      ...(isLate ? { past: true } : {}),
      ...(ends ? { expiresAt: ends } : {}),
      doc: { ...doc, customerId, about: customerId },
    };
  };

/** moves the events of an identity, those of servers if it carries them; returns how many, and whether more are left */
const move = async (identity: TrackedIdentity, customerId: string, carriesAll: boolean, ctx: Ctx) => {
  const { store, now, delivery = 1 } = ctx;
  const { retention } = await rulesOf(store);
  let moved = 0;
  let after: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const part = { limit: pageSize, upwards: true, within: allEvents, ...(after ? { after } : {}) };
    const { items, last } = await store.partition(unknownPartition(identity), part);
    const carried = items.filter(({ doc }) => carriesAll || isPublicActor((doc as Doc).actor));
    await store.move(carried, ['customer', customerId], adopted(customerId, now, retention));
    moved += carried.length;
    after = last;
    if (!after) break;
  }
  // a delivery before this one may have moved it and failed then
  const isMoved = moved > 0 || delivery > 1;
  return { moved, more: after !== undefined, visits: isMoved ? movedVisits(identity, now) : [] };
};

type Event = Parameters<Reaction<typeof subscriptions.adoptHistory>>[0];

const externalId = (value: unknown): TrackedIdentity[] =>
  typeof value === 'string' ? [{ type: 'externalId', value }] : [];

/** the identities that an event links to a customer; a timer has none, as timers cannot be erased */
const identitiesIn = async (event: Event, { store, now }: Ctx): Promise<TrackedIdentity[]> => {
  switch (event.type) {
    case 'identity.linked':
      return [(event.data as { identity: TrackedIdentity }).identity];
    case 'identity.settled':
      return identitiesOf(store, event.about, new Date(Date.parse(now) - latelyMs).toISOString());
    case 'customer.updated': {
      const { changes } = event.data as { changes: { attribute: string; to: unknown }[] };
      return externalId(changes.find(({ attribute }) => attribute === 'externalId')?.to);
    }
    default:
      return externalId((await customerById(store, event.about))?.externalId);
  }
};

export const reaction = consume('adoptHistory', subscriptions.adoptHistory, async (event, ctx) => {
  const identities = await identitiesIn(event, ctx);
  const [customerId] = await customerIdsByIdentity(ctx.store, identities.slice(0, 1));
  if (!customerId) return;
  const byServer = await customerIdsByIdentity(ctx.store, identities, { byServer: true });
  let [moved, more] = [0, false];
  const visits: Change[] = [];
  for (const [nth, identity] of identities.entries()) {
    const done = await move(identity, customerId, byServer[nth] === customerId, ctx);
    moved += done.moved;
    more ||= done.more;
    visits.push(...done.visits);
  }
  const again = event.type === 'identity.linked' || (event.type !== 'identity.settled' && moved > 0);
  const changes: Change[] = [
    ...visits,
    ...(visits.length ? [schedule(ctx.now, customerSettled, { customerId, about: customerId, data: {} })] : []),
  ];
  if (more || again) {
    const at = new Date(Date.parse(ctx.now) + (more ? 0 : settledAfterMs)).toISOString();
    changes.push(schedule(at, identitySettled, { customerId, about: customerId, data: {} }));
  }
  if (changes.length) await ctx.store.commit(changes);
});

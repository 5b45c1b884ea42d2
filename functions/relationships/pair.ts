import type { EventType } from '../../events/define.ts';
import type { relationshipAdded } from '../../events/relationship.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, eventOf, update, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { type End, ends, isShown } from './end.ts';
import { relationshipNotFound } from './errors.ts';
import { endsOfType, type Reads } from './same-type.ts';

export type Pair = { from: End; to: End };

/** both ends of a relationship, or undefined */
export const pairOf = async (store: Store, id: string): Promise<Pair | undefined> => {
  const [from, to] = await store.getAll(ends, [
    { id, side: 'from' },
    { id, side: 'to' },
  ]);
  return from && to && { from, to };
};

export const needPair = async (store: Store, id: string): Promise<Pair> => {
  const pair = await pairOf(store, id);
  if (!pair || !isShown(pair.from)) throw relationshipNotFound();
  return pair;
};

/** the event on the timelines of both customers, seen from each end */
export const eventsOf = (event: EventType<(typeof relationshipAdded)['data']>, { from, to }: Pair): Change[] => [
  eventOf(event, from),
  eventOf(event, to),
];

export const updatePair = (now: string, before: Pair, changed: Partial<End>) => {
  const after: Pair = { from: updated(now, before.from, changed), to: updated(now, before.to, changed) };
  return { after, changes: [update(ends, before.from, after.from), update(ends, before.to, after.to)] };
};

/** makes the other primary relationships of the type, normally one, secondary */
export const demoteOthers = async (
  { now, ...reads }: Reads & Pick<Ctx, 'now'>,
  { id, customerId, type, side }: End,
): Promise<Change[]> => {
  const keep = (one: End) => one.id !== id && one.side === side && one.primary;
  const others = await endsOfType(reads, { customerId, type, keep });
  const pairs = await Promise.all(others.map(other => pairOf(reads.store, other.id)));
  return pairs.flatMap(pair => (pair ? updatePair(now, pair, { primary: false }).changes : []));
};

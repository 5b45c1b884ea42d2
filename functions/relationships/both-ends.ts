import type * as z from 'zod';
import type { EventType } from '../../events/define.ts';
import type { relationshipAdded } from '../../events/relationship.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, update, updated } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { counts, type End, ends, type RelationshipFields } from './end.ts';
import { kinAt } from './kin.ts';

export type Pair = { from: End; to: End };

/** both ends of a relationship, or undefined */
export const pairOf = async (store: Store, id: string): Promise<Pair | undefined> => {
  const [from, to] = await store.getAll(ends, [
    { id, side: 'from' },
    { id, side: 'to' },
  ]);
  return from && to && { from, to };
};

/** both ends of a relationship that is shown; refuses with 404 where there is none */
export const needPair = async (store: Store, id: string): Promise<Pair> => {
  const pair = await pairOf(store, id);
  if (!pair || !counts(pair.from))
    throw new ApiError('missing', 'relationship.not-found', 'there is no such relationship');
  return pair;
};

type Event = EventType<(typeof relationshipAdded)['data']>;

/** tells both customers, each as it sees it */
export const toldBoth = (event: Event, { from, to }: Pair): Change[] =>
  [from, to].map(end => {
    const { id, customerId, type, label, with: other, role, from: since, until } = end;
    return emit(event, { customerId, about: id, data: { type, label, with: other, role, from: since, until } });
  });

export const updateBoth = (now: string, before: Pair, changed: Partial<End>): { after: Pair; changes: Change[] } => {
  const after = { from: updated(now, before.from, changed), to: updated(now, before.to, changed) };
  return { after, changes: [update(ends, before.from, after.from), update(ends, before.to, after.to)] };
};

/** the fields of a relationship as a whole: what is not among them is nothing any more */
export const fieldsOf = ({ role, from, until, primary = false }: z.output<typeof RelationshipFields>) => ({
  role,
  from,
  until,
  primary,
});

/** takes the first place from whoever of the type has it: there are few, and one as a rule */
export const unprimed = async (ctx: Ctx, { id, customerId, type, side }: End): Promise<Change[]> => {
  const others = await kinAt(ctx, {
    customerId,
    type,
    keep: one => one.id !== id && one.side === side && one.primary,
  });
  const pairs = await Promise.all(others.map(other => pairOf(ctx.store, other.id)));
  return pairs.flatMap(pair => (pair ? updateBoth(ctx.now, pair, { primary: false }).changes : []));
};

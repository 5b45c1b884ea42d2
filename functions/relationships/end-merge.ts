import { relationshipSetAside } from '../../events/relationship.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, emit, update, updated } from '../shared/store/changes.ts';
import type { MovedRecords } from '../shared/store/merge.ts';
import { type End, ends, otherSide, type Side } from './end.ts';
import { aboveItself } from './hierarchy.ts';
import { pairOf } from './pair.ts';
import { conflictOf } from './same-type.ts';

const keyOf = ({ id, side }: End) => `${id}#${side}`;

export const endKeysOf: MovedRecords['keysOf'] = async (store, customerId, paging) => {
  const { items, nextCursor } = await store.belonging(ends, customerId, paging);
  return { items: items.map(keyOf), nextCursor };
};

/** why a relationship cannot be shown at the customer that it comes to */
const whyAside = async (ctx: Ctx, from: End): Promise<NonNullable<End['aside']>['why'] | undefined> => {
  if (from.customerId === from.with) return undefined;
  return (await conflictOf(ctx, from))?.why ?? ((await aboveItself(ctx, from)) === 'cycle' ? 'cycle' : undefined);
};

const setAsideEvent = (mine: End): Change[] => {
  const { id: about, customerId, type, label, with: other, role, from, until, aside } = mine;
  if (!aside) return [];
  const data = { type, label, with: other, role, from, until, why: aside.why };
  return [emit(relationshipSetAside, { customerId, about, data })];
};

/**
 * Gives one end to another customer; the other end points there. A relationship between the two merged customers, or one that
 * conflicts with another, is stored but hidden until the merge is undone.
 */
export const moveEnd: MovedRecords['move'] = async (key, { from, to }, ctx) => {
  const [id = '', side = 'from'] = key.split('#') as [string, Side];
  const pair = await pairOf(ctx.store, id);
  const mine = pair?.[side];
  if (!pair || mine?.customerId !== from) return false;
  const theirs = pair[otherSide(side)];
  const moved = (end: End): Partial<End> => (end.side === side ? { customerId: to } : { with: to });
  const bare = (end: End) => updated(ctx.now, end, { ...moved(end), aside: undefined });
  const stays = mine.aside?.from === to ? undefined : mine.aside;
  const why = stays ? undefined : await whyAside(ctx, bare(pair.from));
  const aside = why ? { why, from: mine.customerId } : stays;
  const after = { ...bare(mine), aside };
  const changes = [update(ends, mine, after), update(ends, theirs, { ...bare(theirs), aside })];
  await ctx.store.commit([...changes, ...(why ? setAsideEvent(after) : [])]);
  return true;
};

import { segmentDue, segmentEntered, segmentLeft } from '../../events/segment.ts';
import {
  type Membership,
  memberships,
  type SegmentClock,
  segmentClocks,
  standingParts,
} from '../customer-facts/membership.ts';
import { factsFor, type Heard } from '../customer-facts/reads.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { needsOf } from '../shared/conditions/needs.ts';
import type { Ctx } from '../shared/http/context.ts';
import { chunksOf } from '../shared/map-concurrent.ts';
import { type Change, emit, insert, remove, save, schedule } from '../shared/store/changes.ts';
import { revive } from '../shared/store/entity.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { clock } from '../shared/time/clock.ts';
import { plus } from '../shared/time/duration.ts';
import { pickOf } from './picks.ts';
import { conditionsOf, earliestOf, later, placed, type Scheme, type SegmentId, schemesByIds } from './scheme.ts';

type CustomerId = StoredCustomer['id'];

type Judging = {
  customerId: string;
  schemes: Scheme[];
  heard?: Heard;
  /** by all schemes, as the customer's clock is due: it is set anew */
  isDue?: boolean;
};

const most = { rounds: 20, parts: 600, together: 22 };

type Standing = { members: Map<string, Membership>; clock: SegmentClock | undefined };

const standingOf = async (store: Store, customerId: string): Promise<Standing> => {
  const { items } = await store.partition(['customer', customerId], { limit: most.parts, within: standingParts });
  const members = items.filter(({ kind }) => kind === memberships.kind).map(item => revive(memberships, item));
  const found = items.find(({ kind }) => kind === segmentClocks.kind);
  return {
    members: new Map(members.map(member => [member.segmentId, member])),
    clock: found && revive(segmentClocks, found),
  };
};

type Placing = { scheme: Scheme; segmentId: SegmentId | undefined; customerId: CustomerId; now: string };

/** what puts a customer into the segment of a scheme, and out of its others */
const moved = ({ scheme, segmentId: wanted, customerId, now }: Placing, { members }: Standing): Change[] => {
  const leaving = scheme.classes.flatMap(({ segmentId, name }) => {
    const member = segmentId === wanted ? undefined : members.get(segmentId);
    if (!member) return [];
    const left = emit(segmentLeft, { customerId, about: segmentId, data: { name }, occurredAt: now });
    return [remove(memberships, member), left];
  });
  const entered = scheme.classes.find(({ segmentId }) => segmentId === wanted && !members.has(segmentId));
  if (!entered) return leaving;
  const { segmentId, name } = entered;
  return [
    ...leaving,
    insert(memberships, { customerId, segmentId, since: now }),
    emit(segmentEntered, { customerId, about: segmentId, data: { name }, occurredAt: now }),
  ];
};

type Timing = { until: string | undefined; isDue: boolean; customerId: CustomerId; now: string };

/** sets the customer's clock earlier where it must be; it is set later, or stopped, only when it is due */
const timed = ({ until, isDue, customerId, now }: Timing, was: SegmentClock | undefined): Change[] => {
  const isOver = isDue && was !== undefined && was.dueAt <= now;
  if (!until) return isOver ? [remove(segmentClocks, was)] : [];
  if (was && !isOver && was.dueAt <= until) return [];
  const is: SegmentClock = { customerId, dueAt: until, version: (was?.version ?? 0) + 1 };
  return [save(segmentClocks, was, is), schedule(until, segmentDue, { customerId, about: customerId, data: {} })];
};

/** nobody is in a segment under an id that leads to no customer, or to another one */
const clear = async (store: Store, customerId: string): Promise<boolean> => {
  const { members, clock } = await standingOf(store, customerId);
  const changes = [...members.values()].map(member => remove(memberships, member));
  for (const some of chunksOf(changes, most.together)) await store.commit(some);
  if (clock) await store.commit([remove(segmentClocks, clock)]);
  return changes.length > 0;
};

/** what was removed from a scheme, or with it, while a customer was judged by it */
const obsolete = (was: Scheme[], is: Scheme[], { members }: Standing): Change[] => {
  const current = new Set(is.flatMap(({ classes }) => classes.map(one => one.segmentId)));
  const gone = was.flatMap(({ classes }) => classes.flatMap(one => members.get(one.segmentId) ?? []));
  return gone.filter(({ segmentId }) => !current.has(segmentId)).map(member => remove(memberships, member));
};

/** by then indexes show what this event, and others just before it, changed */
const indexesFollowWithin = 'PT10S';

/** whether it asks for records that only an index finds */
const asksIndexes = (scheme: Scheme) => {
  const { records, organisation } = needsOf(conditionsOf(scheme));
  return records.size > 0 || organisation.length > 0;
};

type Round = { nth: number; schemes: Scheme[] };

/** whether it changed what may have to be judged again */
const judgeOnce = async (judging: Judging, { nth, schemes }: Round, ctx: Ctx): Promise<boolean> => {
  const { customerId: id, heard, isDue = false } = judging;
  const { store } = ctx;
  const now = later(clock(), heard?.occurredAt);
  const facts = await factsFor({ store, now }, id, schemes.flatMap(conditionsOf), heard);
  if (!facts) return clear(store, id);
  const customerId = facts.attributes.id as CustomerId;
  // what an earlier round wrote was overtaken by a merge
  if (nth && customerId !== id) await clear(store, id);
  const [standing, picks] = await Promise.all([standingOf(store, customerId), pickOf(store, customerId, schemes)]);
  const seen = { ...facts, segments: [...standing.members.keys()] };
  const outcomes = schemes.map(scheme => ({ scheme, ...placed(scheme, seen, picks(scheme)) }));
  const isRead = heard !== undefined && !isDue && schemes.some(asksIndexes);
  const { until } = earliestOf([
    ...outcomes.flatMap(one => one.until ?? []),
    ...(isRead ? [plus(now, indexesFollowWithin)] : []),
  ]);
  // never at once again
  const next = until && later(until, plus(now, 'PT1S'));
  const timing = timed({ until: next, isDue, customerId, now }, standing.clock);
  const changes = outcomes.map(({ scheme, segmentId }) => moved({ scheme, segmentId, customerId, now }, standing));
  const moves = [...changes, obsolete(judging.schemes, schemes, standing)].filter(one => one.length);
  if (!moves.length && !timing.length) return false;
  const [first = [], ...others] = chunksOf(moves, most.together);
  await store.commit([...first.flat(), ...timing]);
  for (const more of others) await store.commit(more.flat());
  return moves.length > 0 || (isDue && timing.length > 0);
};

/**
 * Judges a customer by some schemes, until nothing changes: another evaluation with other knowledge may run at the same time,
 * and who commits last reads everything once more.
 */
export const judge = async (judging: Judging, ctx: Ctx): Promise<void> => {
  const ids = judging.schemes.map(({ id }) => id);
  let known: Scheme[] | undefined = judging.schemes;
  for (let nth = 0; nth < most.rounds; nth++) {
    const changed = await retryOnConflict(async () => {
      const schemes: Scheme[] = known ?? (await schemesByIds(ctx.store, ids));
      known = undefined;
      return judgeOnce(judging, { nth, schemes }, ctx);
    });
    if (!changed) return;
  }
  throw new VersionConflict('the customer changes all the time');
};

import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { type Change, insert, remove } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';

export const Membership = z.object({ customerId: CustomerId, segmentId: idOf('segment'), since: Instant });
export type Membership = z.output<typeof Membership>;

/** `had`: the customer that stays was in the segment itself */
type Undo = { member: Membership; had: boolean };

/** That a customer is in a segment: in the customer's partition, where conditions read it. */
export const memberships = entity('membership', Membership, {
  onErase: 'delete',
  area: 'segments',
  // whether it stays in the segment is judged afterwards, by what it has become
  onMerge: {
    merge: (...args) => merge(...args),
    undo: (...args) => undoMerge(...args),
  },
  key: ({ customerId, segmentId }: Pick<Membership, 'customerId' | 'segmentId'>) => ({
    of: ['customer', customerId],
    part: `segment#${segmentId}`,
  }),
  lists: {
    segment: {
      by: ({ segmentId }) => segmentId,
      sort: ({ since, customerId }) => `${since}#${customerId}`,
      shards: 8,
      spread: ({ customerId }) => customerId,
    },
  },
});

/** bounds of a customer's memberships in its partition */
export const membershipParts = { from: 'segment#', to: 'segment$' };

const SegmentClock = z.object({ customerId: CustomerId, dueAt: Instant, version: stamps.version });
export type SegmentClock = z.output<typeof SegmentClock>;

/** When time alone may next change which segments a customer is in: a timer is set for it. */
export const segmentClocks = entity('segment-clock', SegmentClock, {
  onErase: 'delete',
  area: 'segments',
  // the customer that stays is judged, and has a clock of its own
  onMerge: { merge: clock => ({ changes: [stopped(clock)] }) },
  key: ({ customerId }: Pick<SegmentClock, 'customerId'>) => ({ of: ['customer', customerId], part: 'segment-clock' }),
});

const stopped = (clock: SegmentClock): Change => remove(segmentClocks, clock);

/** bounds of a customer's memberships and their clock */
export const standingParts = { from: 'segment#', to: 'segment-clock' };

const merge: MergedPart<Membership>['merge'] = async (member, into, { store }) => {
  const had = (await store.get(memberships, { ...member, customerId: into })) !== undefined;
  const moved = had ? [] : [insert(memberships, { ...member, customerId: into })];
  return { changes: [remove(memberships, member), ...moved], undo: { member, had } satisfies Undo };
};

const undoMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { member, had } = undo as Undo;
  const is = await store.get(memberships, { ...member, customerId: into });
  return is ? [...(had ? [] : [remove(memberships, is)]), insert(memberships, member)] : [];
};

import type { Id } from '../../events/ids.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import { type Change, put, remove } from '../shared/store/changes.ts';
import { everyLeaf } from './references.ts';
import { segmentUses } from './segment-use.ts';

type SegmentId = Id<'segment'>;

export const segmentsNamedBy = (conditions: (Condition | undefined)[]): SegmentId[] => {
  const named = conditions.flatMap(everyLeaf).flatMap(leaf => ('segment' in leaf ? [leaf.segment as SegmentId] : []));
  return [...new Set(named)];
};

/** a thing that names segments: its id, its name, and which */
type User = { id: string; name: string; segments: SegmentId[] };

/** What keeps who uses segments in step with a thing that names them; undefined: it does not exist, or does not act. Pure. */
export const useChanges = (was: User | undefined, is: User | undefined): Change[] => {
  const useOf = ({ id: by, name }: User, segmentId: SegmentId) => ({ segmentId, by, name });
  const removed = was?.segments.filter(one => !is?.segments.includes(one)) ?? [];
  return [
    ...(is ? is.segments.map(one => put(segmentUses, useOf(is, one))) : []),
    ...(was ? removed.map(one => remove(segmentUses, useOf(was, one))) : []),
  ];
};

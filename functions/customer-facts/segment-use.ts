import * as z from 'zod';
import { idOf } from '../../events/ids.ts';
import { entity } from '../shared/store/entity.ts';

const SegmentUse = z.object({ segmentId: idOf('segment'), by: z.string(), name: z.string() });
type SegmentUse = z.output<typeof SegmentUse>;

/** Who uses a segment, so that it is not deleted: another one, a campaign, a journey, a trigger. */
export const segmentUses = entity('segment-use', SegmentUse, {
  onErase: 'not-personal',
  key: ({ segmentId, by }: Pick<SegmentUse, 'segmentId' | 'by'>) => ({ of: ['segment', segmentId], part: `use#${by}` }),
});

export const useParts = { from: 'use#', to: 'use$' };

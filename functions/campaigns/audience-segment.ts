import { madeAt } from '../../events/ids.ts';
import type { Used } from '../customer-facts/use.ts';
import { namedBy, useChanges } from '../customer-facts/uses.ts';
import { isBuilt } from '../segments/built.ts';
import { type Segment, segments } from '../segments/segment.ts';
import { segmentations } from '../segments/segmentation.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { Change } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { clock } from '../shared/time/clock.ts';
import { audienceOf, type Campaign } from './campaign.ts';

export const isSegment = async (store: Store, id: Segment['id']) => (await store.get(segments, { id })) !== undefined;

/** Until when the members of a segment came in that were meant at an instant; undefined: it was being built then, and still is. */
export const membersUntil = async (store: Store, id: Segment['id'], meantAt: string): Promise<string | undefined> => {
  const segment = await store.get(segments, { id });
  const { segmentationId } = segment ?? {};
  const whole = segmentationId && (await store.get(segmentations, { id: segmentationId }));
  const jobId = segment?.job ?? whole?.job;
  const job = jobId ? await store.get(jobs, { id: jobId }) : undefined;
  if (!job || madeAt(job.id) > meantAt) return meantAt;
  if (!isBuilt(job)) return undefined;
  return job.updatedAt > meantAt ? clock() : meantAt;
};

const isOver = ({ state }: Campaign) => state === 'done' || state === 'cancelled';

const userOf = (campaign: Campaign | undefined) => {
  if (!campaign || isOver(campaign)) return undefined;
  const { segmentId, if: where } = audienceOf(campaign);
  const { id, name } = campaign;
  const sent = campaign.variants.map(({ templateId }): Used => ({ kind: 'template', id: templateId }));
  return { id, name, uses: [...namedBy([segmentId ? { segment: segmentId } : undefined, where]), ...sent] };
};

/** what keeps the segments and templates of a campaign from being deleted until it is over */
export const segmentsUsed = (before: Campaign | undefined, after: Campaign | undefined): Change[] =>
  useChanges(userOf(before), userOf(after));

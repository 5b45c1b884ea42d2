import type { Id } from '../../events/ids.ts';
import { keysOf } from '../customer-facts/keys.ts';
import { type Condition, evaluate, type Facts } from '../shared/conditions/condition.ts';
import { type Filing, filed } from '../shared/events/filed.ts';
import { everything } from '../shared/events/interest.ts';
import type { Store } from '../shared/store/store.ts';
import { type Segment, segments } from './segment.ts';
import { type Segmentation, segmentations } from './segmentation.ts';

export type SegmentId = Id<'segment'>;

/**
 * What judges a customer: the classes of a segmentation, or one for a segment. A customer is in the first that it meets; one
 * without a condition takes all others.
 */
export type Scheme = {
  id: string;
  version: number;
  classes: { segmentId: SegmentId; name: string; condition?: Condition | undefined }[];
  /** that finds, or found, its members */
  job: string | undefined;
  /** some customers are in it, or out of it, whatever the condition says */
  picked?: true;
};

export const schemes = filed<Scheme>('segment');

export const schemeOf = ({ id, version, name, condition, include, exclude, job }: Segment): Scheme => ({
  id,
  version,
  job,
  classes: [{ segmentId: id, name, condition }],
  ...(include.length || exclude.length ? { picked: true } : {}),
});

export const schemeOfSegmentation = ({ id, version, classes, else: others, job }: Segmentation): Scheme => ({
  id,
  version,
  job,
  classes: [...classes, others],
});

export const conditionsOf = ({ classes }: Scheme): Condition[] => classes.flatMap(({ condition }) => condition ?? []);

const mostKeys = 30;

export const filingOf = (scheme: Scheme): Filing<Scheme> => {
  const keys = new Set([...keysOf(conditionsOf(scheme)), 'customer.settled', 'segment.due']);
  return { id: scheme.id, keys: keys.size > mostKeys ? [everything] : keys, definition: scheme };
};

/** schemes as they are now, by the ids of their segments and segmentations; deleted ones are left out */
export const schemesByIds = async (store: Store, ids: string[]): Promise<Scheme[]> => {
  const [single, several] = await Promise.all([
    store.getByIds(
      segments,
      ids.filter(id => id.startsWith('seg_')),
    ),
    store.getByIds(
      segmentations,
      ids.filter(id => id.startsWith('sgn_')),
    ),
  ]);
  return [...single.map(schemeOf), ...several.map(schemeOfSegmentation)];
};

export type Pick = 'include' | 'exclude' | undefined;

/** The segment of a scheme that a customer is in, and until when this holds if nothing happens. Pure. */
export const placed = ({ classes }: Scheme, facts: Facts, pick?: Pick): { segmentId?: SegmentId; until?: string } => {
  if (pick) return pick === 'include' ? { segmentId: classes[0]!.segmentId } : {};
  const untils: string[] = [];
  for (const { segmentId, condition } of classes) {
    const { holds, until } = condition ? evaluate(condition, facts) : { holds: true };
    if (until) untils.push(until);
    if (holds) return { segmentId, ...earliestOf(untils) };
  }
  return earliestOf(untils);
};

export const earliestOf = (instants: string[]): { until?: string } => {
  const [until] = instants.toSorted();
  return until ? { until } : {};
};

export const later = (a: string, b = a) => (a > b ? a : b);

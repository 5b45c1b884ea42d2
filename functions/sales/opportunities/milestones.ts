import {
  opportunityMilestoneDue,
  opportunityMilestoneReached,
  opportunityMilestoneSlipped,
} from '../../../events/opportunity.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { type Emitted, eventOf, schedule, updated } from '../../shared/store/changes.ts';
import { dayOf, plusAtMost } from '../../shared/time/duration.ts';
import { milestoneNotFound, milestoneReached } from '../errors.ts';
import type { Changed } from '../fields.ts';
import { type Milestone, mostMilestones, type StoredOpportunity } from './opportunity.ts';
import { refuseClosed } from './opportunity-changes.ts';

const ofId = ({ milestones = [] }: StoredOpportunity, id: string) => milestones.find(one => one.id === id);

const needOpen = (before: StoredOpportunity, id: string): Milestone => {
  refuseClosed(before);
  const found = ofId(before, id);
  if (!found) throw milestoneNotFound();
  if (found.reachedOn) throw milestoneReached();
  return found;
};

/** the opportunity with a milestone in place of the one with its id, or without that one */
const having = (now: string, before: StoredOpportunity, id: string, milestone?: Milestone): StoredOpportunity => {
  const others = (before.milestones ?? []).filter(one => one.id !== id);
  const milestones = [...others, ...(milestone ? [milestone] : [])];
  return updated(now, before, { milestones: milestones.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)) });
};

/** the timer for the end of its day, in UTC */
const timerOf = (now: string, { id: about, customerId }: StoredOpportunity, { id, dueOn }: Milestone): Emitted[] => {
  const at = plusAtMost(`${dueOn}T00:00:00Z`, 'P1D');
  const timer = { customerId, about, data: { milestoneId: id, dueOn } };
  return at > now ? [schedule(at, opportunityMilestoneDue, timer)] : [];
};

const slipped = (after: StoredOpportunity, { id, name, dueOn, slips }: Milestone, from: string | null) =>
  eventOf(opportunityMilestoneSlipped, after, { milestone: { id, name, dueOn }, from, slips });

/** a milestone that is new, or has another name or day: to a later day it slips */
export const plannedMilestone = (
  now: string,
  before: StoredOpportunity,
  id: string,
  { name, dueOn }: Pick<Milestone, 'name' | 'dueOn'>,
): Changed<StoredOpportunity> => {
  const known = ofId(before, id) && needOpen(before, id);
  refuseClosed(before);
  if (dueOn !== known?.dueOn && dueOn < dayOf(now)) throw invalid([{ path: 'dueOn', message: 'is in the past' }]);
  if (!known && (before.milestones ?? []).length >= mostMilestones)
    throw invalid([{ path: 'name', message: `is one more than the ${mostMilestones} milestones there can be` }]);
  const isLater = known !== undefined && dueOn > known.dueOn;
  const milestone = { id, name, dueOn, slips: (known?.slips ?? 0) + (isLater ? 1 : 0) };
  const after = having(now, before, id, milestone);
  const timer = dueOn === known?.dueOn ? [] : timerOf(now, after, milestone);
  return { after, events: [...(isLater ? [slipped(after, milestone, known.dueOn)] : []), ...timer] };
};

/** a milestone that was reached, with what shows it */
export const reachedMilestone = (
  now: string,
  before: StoredOpportunity,
  id: string,
  { evidence, reachedOn = dayOf(now) }: { evidence: string; reachedOn?: string | undefined },
): Changed<StoredOpportunity> => {
  const known = needOpen(before, id);
  if (reachedOn > dayOf(now)) throw invalid([{ path: 'reachedOn', message: 'is in the future' }]);
  const after = having(now, before, id, { ...known, reachedOn, evidence });
  const { name, dueOn } = known;
  const reached = { milestone: { id, name, dueOn }, reachedOn, isLate: reachedOn > dueOn };
  return { after, events: [eventOf(opportunityMilestoneReached, after, reached)] };
};

export const withoutMilestone = (now: string, before: StoredOpportunity, id: string): Changed<StoredOpportunity> => {
  refuseClosed(before);
  if (!ofId(before, id)) throw milestoneNotFound();
  return { after: having(now, before, id), events: [] };
};

/** an opportunity of which a milestone was not reached on its day; undefined where it was, or has another day */
export const missedMilestone = (
  now: string,
  before: StoredOpportunity | undefined,
  { milestoneId, dueOn }: { milestoneId: string; dueOn: string },
): Changed<StoredOpportunity> | undefined => {
  const known = before && ofId(before, milestoneId);
  if (before?.status !== 'open' || !known || known.reachedOn || known.dueOn !== dueOn) return undefined;
  const milestone = { ...known, slips: known.slips + 1 };
  const after = having(now, before, milestoneId, milestone);
  return { after, events: [slipped(after, milestone, null)] };
};

import {
  opportunityAdvanced,
  opportunityChanged,
  opportunityCreated,
  opportunityLost,
  opportunityWon,
} from '../../../events/opportunity.ts';
import { asOf } from '../../shared/events/as-of.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { type Change, created, eventOf, save, updated } from '../../shared/store/changes.ts';
import { nulls } from '../../shared/store/records.ts';
import { opportunityAtStage, opportunityClosed } from '../errors.ts';
import { type Changed, daysBetween } from '../fields.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { tally } from '../pipelines/tally.ts';
import { Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';

/** what is wrong with a stage that the pipeline does not have */
export const stageFaults = ({ id, stages }: Pipeline, stage: string | undefined): FieldError[] => {
  if (stage === undefined || stages.some(({ id }) => id === stage)) return [];
  return [{ path: 'stage', message: `is not a stage of pipeline ${id}: ${stages.map(({ id }) => id).join(', ')}` }];
};

const refuseUnknownStage = (pipeline: Pipeline, stage: string | undefined) => {
  const faults = stageFaults(pipeline, stage);
  if (faults.length) throw invalid(faults);
};

export const refuseClosed = ({ status }: Opportunity) => {
  if (status !== 'open') throw opportunityClosed(`The opportunity is ${status} and cannot change.`);
};

type Field = 'stage' | 'openedAt' | 'leadId' | 'amount' | 'closeOn' | 'ownerId' | 'source' | 'externalId';
type Further = 'team' | 'competitors';
type NewOpportunity = Pick<Opportunity, 'id' | 'customerId' | 'name'> & Partial<Pick<Opportunity, Field | Further>>;

const blank = nulls(Opportunity);
const nothing = { status: 'open' as const, team: [], competitors: [], timeInStages: {} };

export const newOpportunity = (now: string, pipeline: Pipeline, fields: NewOpportunity): Changed<StoredOpportunity> => {
  const { openedAt = now, stage = pipeline.stages[0]!.id } = fields;
  refuseUnknownStage(pipeline, stage);
  const place = { pipelineId: pipeline.id, stage, stageSince: openedAt, openedAt };
  const after: StoredOpportunity = created(now, { ...blank, ...nothing, ...fields, ...place });
  return { after, events: [{ ...eventOf(opportunityCreated, after), ...asOf(now, openedAt) }] };
};

/** writes an opportunity and moves it in the counters of its pipeline */
export const writeOpportunity = (before: StoredOpportunity | undefined, after: StoredOpportunity): Change[] => [
  save(opportunities, before, after),
  ...tally(before, after),
];

export const changedOpportunity = (
  now: string,
  before: StoredOpportunity,
  patch: Partial<Opportunity>,
): Changed<StoredOpportunity> => {
  refuseClosed(before);
  const after = updated(now, before, patch);
  return { after, events: [eventOf(opportunityChanged, after)] };
};

/** with the time at the stage that it is about to leave */
const timeUntil = (at: string, { stage, stageSince, timeInStages }: Opportunity) => {
  const seconds = Math.max(0, Math.round((Date.parse(at) - Date.parse(stageSince)) / 1000));
  return { ...timeInStages, [stage]: (timeInStages[stage] ?? 0) + seconds };
};

export const advancedOpportunity = (
  now: string,
  before: StoredOpportunity,
  pipeline: Pipeline,
  stage: string,
): Changed<StoredOpportunity> => {
  refuseClosed(before);
  refuseUnknownStage(pipeline, stage);
  if (stage === before.stage) throw opportunityAtStage(`The opportunity is already at stage ${stage}.`);
  const after = updated(now, before, { stage, stageSince: now, stalledAt: null, timeInStages: timeUntil(now, before) });
  const daysInStage = daysBetween(before.stageSince, now);
  return { after, events: [eventOf(opportunityAdvanced, after, { from: before.stage, daysInStage })] };
};

type End = { at?: string; lostTo?: string | null } & (
  | { status: 'won'; reason: string | null }
  | { status: 'lost'; reason: string }
);

export const closedOpportunity = (now: string, before: StoredOpportunity, end: End): Changed<StoredOpportunity> => {
  refuseClosed(before);
  const { status, reason, at = now, lostTo = null } = end;
  const closing = { status, reason, lostTo, closedAt: at, stalledAt: null, timeInStages: timeUntil(at, before) };
  const after = updated(now, before, closing);
  const daysOpen = daysBetween(after.openedAt, at);
  const event =
    end.status === 'won'
      ? eventOf(opportunityWon, after, { daysOpen })
      : eventOf(opportunityLost, after, { daysOpen, reason: end.reason });
  return { after, events: [{ ...event, ...asOf(now, at) }] };
};

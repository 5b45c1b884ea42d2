import {
  opportunityAdvanced,
  opportunityChanged,
  opportunityCreated,
  opportunityLost,
  opportunityWon,
} from '../../events/opportunity.ts';
import { asOf } from '../shared/events/as-of.ts';
import { ApiError, type FieldError, invalid } from '../shared/http/api-error.ts';
import { type Change, created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { type Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';
import type { Pipeline } from './pipeline.ts';
import { tally } from './tally.ts';

/** what events of an opportunity tell of it */
const told = ({ name, pipelineId, stage, amount, ownerId, leadId }: Opportunity) => ({
  name,
  pipelineId,
  stage,
  amount,
  ownerId,
  leadId,
});

/** whole days between two instants */
export const daysBetween = (from: string, to: string) =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 86_400_000));

/** what is wrong with a stage that a pipeline has not, if it has not */
export const stageFaults = (pipeline: Pipeline, stage: string): FieldError[] => {
  if (pipeline.stages.some(({ id }) => id === stage)) return [];
  const named = pipeline.stages.map(({ id }) => id).join(', ');
  return [{ path: 'stage', message: `is not a stage of the pipeline ${pipeline.id}: ${named}` }];
};

/** refuses a stage that the pipeline has not */
const needStage = (pipeline: Pipeline, stage: string) => {
  const faults = stageFaults(pipeline, stage);
  if (faults.length) throw invalid(faults);
  return stage;
};

type Opening = Pick<Opportunity, 'id' | 'customerId' | 'name'> & {
  stage?: string | undefined;
  openedAt?: string | undefined;
} & {
  [Field in 'leadId' | 'amount' | 'closeOn' | 'ownerId' | 'source' | 'externalId']?: Opportunity[Field] | undefined;
};

/** a new opportunity, and what is said of it as of when it was opened */
export const opened = (now: string, pipeline: Pipeline, given: Opening) => {
  const { stage, openedAt = now, leadId = null, amount = null, closeOn = null, ...rest } = given;
  const { ownerId = null, source = null, externalId = null, ...named } = rest;
  const opportunity: StoredOpportunity = created(now, {
    ...named,
    ...{ leadId, amount, closeOn, ownerId, source, externalId, openedAt },
    status: 'open' as const,
    pipelineId: pipeline.id,
    stage: stage === undefined ? pipeline.stages[0]!.id : needStage(pipeline, stage),
    stageSince: openedAt,
    reason: null,
    closedAt: null,
  });
  const { id: about, customerId } = opportunity;
  const said = emit(opportunityCreated, { customerId, about, data: told(opportunity), ...asOf(now, openedAt) });
  return { opportunity, said: [said] };
};

/** what writes and counts an opportunity */
export const written = (before: StoredOpportunity | undefined, after: StoredOpportunity): Change[] => [
  before ? update(opportunities, before, after) : insert(opportunities, after),
  ...tally(before, after),
];

/** what is won or lost stays so */
const needOpen = ({ status }: Opportunity) => {
  if (status !== 'open') throw new ApiError('conflict', 'opportunity.closed', `this opportunity is ${status}`);
};

type Patch = { [Field in 'name' | 'amount' | 'closeOn' | 'ownerId']?: Opportunity[Field] | undefined };

/** an opportunity of which something else is known; `undefined` leaves a field as it is */
export const patched = (now: string, before: StoredOpportunity, patch: Patch) => {
  needOpen(before);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const opportunity = updated(now, before, given as Partial<Opportunity>);
  const { customerId, id: about, closeOn } = opportunity;
  const data = { ...told(opportunity), closeOn };
  return { opportunity, said: [emit(opportunityChanged, { customerId, about, data })] };
};

/** an opportunity at another stage of its pipeline */
export const advanced = (now: string, before: StoredOpportunity, pipeline: Pipeline, to: string) => {
  needOpen(before);
  const stage = needStage(pipeline, to);
  if (stage === before.stage) {
    throw new ApiError('conflict', 'opportunity.at-stage', `this opportunity is at the stage ${stage} already`);
  }
  const opportunity = updated(now, before, { stage, stageSince: now });
  const { customerId, id: about } = opportunity;
  const data = { ...told(opportunity), from: before.stage, daysInStage: daysBetween(before.stageSince, now) };
  return { opportunity, said: [emit(opportunityAdvanced, { customerId, about, data })] };
};

/** an opportunity that is won, or lost for a reason, as of an instant */
export const closed = (
  now: string,
  before: StoredOpportunity,
  how: { status: 'won'; reason: string | null; at?: string } | { status: 'lost'; reason: string; at?: string },
) => {
  needOpen(before);
  const { status, reason, at = now } = how;
  const opportunity = updated(now, before, { status, reason, closedAt: at });
  const { customerId, id: about, openedAt } = opportunity;
  const said = { customerId, about, ...asOf(now, at) };
  const data = { ...told(opportunity), daysOpen: daysBetween(openedAt, at) };
  if (how.status === 'won')
    return { opportunity, said: [emit(opportunityWon, { ...said, data: { ...data, reason } })] };
  return { opportunity, said: [emit(opportunityLost, { ...said, data: { ...data, reason: how.reason } })] };
};

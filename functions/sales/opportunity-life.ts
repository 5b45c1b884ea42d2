import { newId } from '../../events/ids.ts';
import { opportunityCreated } from '../../events/opportunity.ts';
import { type Change, first, insert, next, say, update } from '../shared/changes.ts';
import { invalid, Refusal } from '../shared/refusal.ts';
import { type Opportunity, opportunities } from './opportunity.ts';
import type { Pipeline } from './pipeline.ts';
import { tally } from './tally.ts';

/** what events of an opportunity tell of it */
export const told = ({ name, pipelineId, stage, amount, ownerId, leadId }: Opportunity) => ({
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

/** refuses a stage that the pipeline has not */
export const needStage = ({ id, stages }: Pipeline, stage: string) => {
  if (stages.some(known => known.id === stage)) return stage;
  const named = stages.map(known => known.id).join(', ');
  throw invalid([{ path: 'stage', message: `is not a stage of the pipeline ${id}: ${named}` }]);
};

type Opening = Pick<Opportunity, 'customerId' | 'name'> & { stage?: string | undefined } & {
  [Field in 'leadId' | 'amount' | 'closeOn' | 'ownerId' | 'source']?: Opportunity[Field] | undefined;
};

/** a new opportunity and what writes, counts and tells it */
export const opened = (now: string, pipeline: Pipeline, given: Opening) => {
  const { stage, leadId = null, amount = null, closeOn = null, ownerId = null, source = null, ...rest } = given;
  const opportunity: Opportunity = first(now, {
    ...rest,
    ...{ leadId, amount, closeOn, ownerId, source },
    id: newId('opportunity', now),
    status: 'open' as const,
    pipelineId: pipeline.id,
    stage: stage === undefined ? pipeline.stages[0]!.id : needStage(pipeline, stage),
    stageSince: now,
    reason: null,
    closedAt: null,
  });
  const { id, customerId } = opportunity;
  const changes: Change[] = [
    insert(opportunities, opportunity),
    ...tally(undefined, opportunity),
    say(opportunityCreated, { customerId, about: id, data: told(opportunity) }),
  ];
  return { opportunity, changes };
};

/** what is won or lost stays so */
export const needOpen = ({ status }: Opportunity) => {
  if (status !== 'open') throw new Refusal('conflict', 'opportunity.closed', `this opportunity is ${status}`);
};

/** an opportunity's next version and what writes and counts it; `undefined` leaves a field as it is */
export const changed = (
  now: string,
  before: Opportunity,
  patch: { [Field in keyof Opportunity]?: Opportunity[Field] | undefined },
) => {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const opportunity = next(now, before, given as Partial<Opportunity>);
  return { opportunity, changes: [update(opportunities, before, opportunity), ...tally(before, opportunity)] };
};

import type { Decided, Given } from '../../shared/imports/importable.ts';
import type { Opportunity, StoredOpportunity } from '../opportunity.ts';
import { opened, stageFaults } from '../opportunity-life.ts';
import { OpportunityFields } from '../opportunity-routes.ts';
import { builtIn } from '../pipeline.ts';
import { inSteps, nothing } from './in-steps.ts';
import { customerOf } from './named-in.ts';
import { closing, type Deciders, isEnd, notAfter, stageIn, untimely, unusual } from './opportunity-rows.ts';
import { rowFaults } from './row-faults.ts';

/** an opportunity that is heard of for the first time, perhaps when it is over */
export const newOpportunity = (given: Given, { now, known, newId }: Deciders): Decided<StoredOpportunity> => {
  const whose = customerOf(given, known.names);
  if (!whose) return nothing({ path: 'customerId', message: 'the row names no customer' });
  if ('fault' in whose) return nothing(whose.fault);
  const pipelineId = String(given.pipelineId ?? builtIn.id);
  const pipeline = known.pipelines.get(pipelineId);
  if (!pipeline) return nothing({ path: 'pipelineId', message: `there is no pipeline ${pipelineId}` });
  const { externalId, name, amount, closeOn, ownerId, source, openedAt } = given;
  const stage = stageIn(pipeline, given.stage);
  const fields = OpportunityFields.safeParse({
    ...whose,
    ...{ externalId, name, stage, amount, closeOn, ownerId, source, openedAt },
  });
  const faults = [
    ...(fields.success ? [] : rowFaults(fields.error)),
    ...(stage === undefined ? [] : stageFaults(pipeline, stage)),
    ...unusual(given),
    ...untimely(now, given),
  ];
  if (!fields.success || faults.length) return nothing(...faults);
  const at = notAfter(now, fields.data.openedAt ?? now);
  const { pipelineId: _, ...opening } = fields.data;
  const id = newId(at) as Opportunity['id'];
  const { opportunity, said } = opened(now, pipeline, { ...opening, openedAt: at, id });
  const { closedAt = at } = given;
  const ends = isEnd(given.status) ? [closing(now, given, notAfter(now, String(closedAt)))] : [];
  return inSteps(opportunity, [{ path: '', take: after => ({ after, said }) }, ...ends]);
};

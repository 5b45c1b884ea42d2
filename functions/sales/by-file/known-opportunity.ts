import type { Decided, Fault, Given } from '../../shared/imports/importable.ts';
import type { StoredOpportunity as Stored } from '../opportunity.ts';
import { advanced, patched } from '../opportunity-life.ts';
import { OpportunityFields } from '../opportunity-routes.ts';
import type { Pipeline } from '../pipeline.ts';
import { inSteps, nothing, patching, type Step } from './in-steps.ts';
import { customerOf, namingPath } from './named-in.ts';
import { closing, type Deciders, isEnd, notAfter, stageIn, untimely, unusual } from './opportunity-rows.ts';
import { rowFaults } from './row-faults.ts';

const fixed = 'does not change once an opportunity is known';

/** what of a known opportunity a row says otherwise, and no longer changes */
const otherwise = (given: Given, before: Stored): Fault[] =>
  (['pipelineId', 'source', 'openedAt'] as const)
    .filter(path => given[path] !== undefined && given[path] !== before[path])
    .map(path => ({ path, message: fixed }));

const patchedBy = (now: string) => (before: Stored, fresh: Given) => {
  const { opportunity, said } = patched(now, before, fresh);
  return { after: opportunity, said };
};

const advancing = (now: string, pipeline: Pipeline | undefined, stage: string | undefined): Step<Stored>[] => {
  if (!pipeline || stage === undefined) return [];
  const take = (before: Stored) => {
    if (before.stage === stage) return { after: before, said: [] };
    const { opportunity, said } = advanced(now, before, pipeline, stage);
    return { after: opportunity, said };
  };
  return [{ path: 'stage', take }];
};

/** a known opportunity, told of again */
export const knownOpportunity = (given: Given, before: Stored, { now, known }: Deciders): Decided<Stored> => {
  const whose = customerOf(given, known.names);
  if (whose && 'fault' in whose) return nothing(whose.fault);
  if (whose && whose.customerId !== before.customerId) {
    return nothing({
      path: namingPath(given) ?? '',
      message: 'is not the customer that the opportunity of this id is of',
    });
  }
  const { name = before.name, amount, closeOn, ownerId } = given;
  const fields = OpportunityFields.safeParse({ customerId: before.customerId, name, amount, closeOn, ownerId });
  const faults = [
    ...(fields.success ? [] : rowFaults(fields.error)),
    ...unusual(given),
    ...untimely(now, given, before.openedAt),
  ];
  if (!fields.success || faults.length) return nothing(...faults);
  const { customerId, ...said } = fields.data;
  const pipeline = known.pipelines.get(before.pipelineId);
  const moves = given.status !== undefined && given.status !== before.status;
  const reopens = moves && !isEnd(given.status);
  const ends = moves && isEnd(given.status) ? [closing(now, given, notAfter(now, String(given.closedAt ?? now)))] : [];
  return inSteps(
    before,
    [
      ...patching(before, said, patchedBy(now)),
      ...advancing(now, pipeline, pipeline && stageIn(pipeline, given.stage)),
      ...ends,
    ],
    [
      ...otherwise(given, before),
      ...(reopens ? [{ path: 'status', message: `this opportunity is ${before.status}` }] : []),
    ],
  );
};

import { isDeepStrictEqual } from 'node:util';
import { isAhead } from '../shared/as-of.ts';
import type { ByFile, Decided, Deciding, Fault, Given } from '../shared/by-file.ts';
import type { Store } from '../shared/store.ts';
import { inSteps, nothing, type Step } from './in-steps.ts';
import { customerFields, customerOf, type KnownNames, lookUpNames, namesIn } from './named-in.ts';
import { notSaid } from './not-said.ts';
import { type Opportunity, opportunities, type StoredOpportunity } from './opportunity.ts';
import { advanced, closed, opened, patched, stageFaults, written } from './opportunity-life.ts';
import { OpportunityFields } from './opportunity-routes.ts';
import { builtIn, type Pipeline, pipelines } from './pipeline.ts';
import { rowFaults } from './row-faults.ts';

type Known = { names: KnownNames; pipelines: Map<string, Pipeline> };
type Deciders = Deciding<Known>;
type Stored = StoredOpportunity;

/** a stage by its id, or by its name as people write it */
const stageIn = ({ stages }: Pipeline, said: unknown) => {
  if (said === undefined) return undefined;
  const name = String(said).toLowerCase();
  return stages.find(({ id, name: called }) => id === name || called.toLowerCase() === name)?.id ?? String(said);
};

const closing = (now: string, given: Given, at: string): Step<Stored> => ({
  path: 'status',
  take: before => {
    const how =
      given.status === 'won'
        ? ({ status: 'won', reason: given.reason === undefined ? null : String(given.reason), at } as const)
        : ({ status: 'lost', reason: String(given.reason ?? notSaid), at } as const);
    const { opportunity, said } = closed(now, before, how);
    return { after: opportunity, said };
  },
});

const isEnd = (status: unknown) => status === 'won' || status === 'lost';

/** more than any company has */
const mostPipelines = 1_000;

const statuses = ['open', 'won', 'lost'];

const unusual = ({ status }: Given): Fault[] =>
  status === undefined || statuses.includes(String(status))
    ? []
    : [{ path: 'status', message: `is none of ${statuses.join(', ')}` }];

/** what is wrong with when a row says that something was */
const untimely = (now: string, { openedAt, closedAt }: Given, since: unknown = openedAt): Fault[] => [
  ...(openedAt !== undefined && isAhead(now, String(openedAt))
    ? [{ path: 'openedAt', message: 'is in the future' }]
    : []),
  ...(closedAt !== undefined && isAhead(now, String(closedAt))
    ? [{ path: 'closedAt', message: 'is in the future' }]
    : []),
  ...(closedAt !== undefined && since !== undefined && String(closedAt) < String(since)
    ? [{ path: 'closedAt', message: 'is before it was opened' }]
    : []),
];

const notAfter = (now: string, at: string) => (at < now ? at : now);

/** an opportunity that is heard of for the first time */
const anew = (given: Given, { now, known, newId }: Deciders): Decided<Stored> => {
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

const fixed = 'does not change once an opportunity is known';

/** what of a known opportunity a row says otherwise, and no longer changes */
const otherwise = (given: Given, before: Stored): Fault[] =>
  (['pipelineId', 'source', 'openedAt'] as const)
    .filter(path => given[path] !== undefined && given[path] !== before[path])
    .map(path => ({ path, message: fixed }));

const patching = (now: string, patch: Given): Step<Stored>[] => {
  const [path] = Object.keys(patch);
  if (path === undefined) return [];
  const take = (before: Stored) => {
    const { opportunity, said } = patched(now, before, patch);
    return { after: opportunity, said };
  };
  return [{ path, take }];
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
const again = (given: Given, before: Stored, { now, known }: Deciders): Decided<Stored> => {
  const whose = customerOf(given, known.names);
  if (whose && 'fault' in whose) return nothing(whose.fault);
  if (whose && whose.customerId !== before.customerId) {
    const [path = ''] = Object.keys(customerFields).filter(one => given[one] !== undefined);
    return nothing({ path, message: 'is not the customer that the opportunity of this id is of' });
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
  const fresh = Object.entries(said).filter(
    ([path, value]) => value !== undefined && !isDeepStrictEqual(value, before[path as keyof Stored]),
  );
  const pipeline = known.pipelines.get(before.pipelineId);
  const moves = given.status !== undefined && given.status !== before.status;
  const reopens = moves && !isEnd(given.status);
  const ends = moves && isEnd(given.status) ? [closing(now, given, notAfter(now, String(given.closedAt ?? now)))] : [];
  return inSteps(
    before,
    [
      ...patching(now, Object.fromEntries(fresh)),
      ...advancing(now, pipeline, pipeline && stageIn(pipeline, given.stage)),
      ...ends,
    ],
    [
      ...otherwise(given, before),
      ...(reopens ? [{ path: 'status', message: `this opportunity is ${before.status}` }] : []),
    ],
  );
};

/** the built-in pipeline, and those there are */
const pipelinesOf = async (store: Store): Promise<Known['pipelines']> => {
  const { items } = await store.list(pipelines, 'all', 'all', { limit: mostPipelines });
  return new Map([builtIn, ...items].map(one => [one.id, one]));
};

const needed = true;

export const opportunitiesByFile: ByFile<Stored, Known> = {
  entity: opportunities,
  key: 'externalId',
  fields: {
    externalId: { is: 'text', needed, words: 'id opportunityid dealid dealno opportunityno recid recordid' },
    ...customerFields,
    name: { is: 'text', needed, words: 'dealname opportunityname opportunity deal title subject' },
    pipelineId: { is: 'text', needed, words: 'pipeline' },
    stage: { is: 'text', needed, words: 'dealstage salesstage phase' },
    status: { is: 'word', needed, words: 'dealstatus state' },
    reason: { is: 'text', words: 'lostreason wonreason closereason' },
    currency: { is: 'currency', words: 'currencycode waehrung devise moneda' },
    amount: { is: 'money', words: 'value dealvalue dealamount expectedrevenue betrag' },
    closeOn: { is: 'date', words: 'closedate expectedclose expectedclosedate' },
    ownerId: { is: 'text', words: 'owner salesperson assignedto' },
    source: { is: 'text', words: 'leadsource dealsource' },
    openedAt: { is: 'instant', needed, words: 'createdat createddate created opened date' },
    closedAt: { is: 'instant', needed, words: 'closeddate closed wonat lostat' },
  },
  lacks: () => undefined,
  lookUp: async (store, rows) => {
    const [names, found] = await Promise.all([lookUpNames(store, rows.flatMap(namesIn)), pipelinesOf(store)]);
    return { names, pipelines: found };
  },
  decide([row], before, how) {
    const given = row?.given ?? {};
    return before ? again(given, before, how) : anew(given, how);
  },
  written,
};

import { checked } from '../../shared/http/parse.ts';
import { type Decided, type Deciding, type Fault, type Given, importable } from '../../shared/imports/importable.ts';
import {
  type Customers,
  customerColumns,
  customerFault,
  customerReferences,
  keyColumn,
  neededCustomer,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import {
  applySteps,
  currencyColumn,
  fixedFaults,
  futureFaults,
  noReason,
  notAfter,
  patchSteps,
  pick,
  rejected,
  rowFaults,
  type Step,
} from '../importables/steps.ts';
import { allPipelines, builtIn, type Pipeline } from '../pipelines/pipeline.ts';
import { type Opportunity, OpportunityStatus, opportunities, type StoredOpportunity } from './opportunity.ts';
import {
  advancedOpportunity,
  changedOpportunity,
  closedOpportunity,
  newOpportunity,
  stageFaults,
  writeOpportunity,
} from './opportunity-changes.ts';
import { OpportunityFields } from './opportunity-routes.ts';

/** what rows of opportunities are decided by */
type LookedUp = { customers: Customers; pipelines: Map<string, Pipeline> };
type Context = Deciding<LookedUp>;

const patchable = ['name', 'amount', 'closeOn', 'ownerId'];

/** a stage by its id or its name */
const stageIn = ({ stages }: Pipeline, stage: unknown) => {
  if (stage === undefined) return undefined;
  const wanted = String(stage).toLowerCase();
  return stages.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted)?.id ?? String(stage);
};

const close = (now: string, { status, reason, closedAt }: Given, otherwise: string): Step<StoredOpportunity>[] => {
  if (status !== 'won' && status !== 'lost') return [];
  const at = notAfter(now, String(closedAt ?? otherwise));
  const end =
    status === 'won'
      ? ({ status, at, reason: reason === undefined ? null : String(reason) } as const)
      : ({ status: 'lost', at, reason: String(reason ?? noReason) } as const);
  return [{ path: 'status', apply: before => closedOpportunity(now, before, end) }];
};

const statuses: string[] = OpportunityStatus.options;

/** what is wrong with the status and the times of a row */
const faultsIn = (now: string, given: Given, openedAt: unknown): Fault[] => {
  const { status, closedAt } = given;
  const faults = futureFaults(now, given, 'openedAt', 'closedAt');
  if (status !== undefined && !statuses.includes(String(status)))
    faults.unshift({ path: 'status', message: `is not one of ${statuses.join(', ')}` });
  if (closedAt !== undefined && openedAt !== undefined && String(closedAt) < String(openedAt))
    faults.push({ path: 'closedAt', message: 'is before openedAt' });
  return faults;
};

/** A new opportunity, which may be closed already. */
const create = (given: Given, { now, known, newId }: Context): Decided<StoredOpportunity> => {
  const customer = neededCustomer(given, known.customers);
  if ('fault' in customer) return rejected(customer.fault);
  const pipelineId = String(given.pipelineId ?? builtIn.id);
  const pipeline = known.pipelines.get(pipelineId);
  if (!pipeline) return rejected({ path: 'pipelineId', message: `the pipeline ${pipelineId} does not exist` });
  const stage = stageIn(pipeline, given.stage);
  const row = pick(
    { ...given, ...customer, stage },
    'customerId',
    'stage',
    'externalId',
    'source',
    'openedAt',
    ...patchable,
  );
  const fields = checked(OpportunityFields, row);
  const faults = [...rowFaults(fields), ...stageFaults(pipeline, stage), ...faultsIn(now, given, given.openedAt)];
  if (!fields.success || faults.length) return rejected(...faults);
  const openedAt = notAfter(now, fields.data.openedAt ?? now);
  const id = newId(openedAt) as Opportunity['id'];
  const opened = newOpportunity(now, pipeline, { ...fields.data, openedAt, id });
  return applySteps(opened, close(now, given, openedAt));
};

const advance = (now: string, pipeline: Pipeline, given: Given): Step<StoredOpportunity>[] => {
  const stage = stageIn(pipeline, given.stage);
  if (stage === undefined) return [];
  const apply = (before: StoredOpportunity) =>
    before.stage === stage ? { after: before, events: [] } : advancedOpportunity(now, before, pipeline, stage);
  return [{ path: 'stage', apply }];
};

const change = (given: Given, before: StoredOpportunity, { now, known }: Context): Decided<StoredOpportunity> => {
  const { customerId, name } = before;
  const fault = customerFault(given, known.customers, { customerId, noun: 'opportunity' });
  if (fault) return rejected(fault);
  const fields = checked(OpportunityFields, { customerId, name, ...pick(given, ...patchable) });
  const faults = [...rowFaults(fields), ...faultsIn(now, given, before.openedAt)];
  if (!fields.success || faults.length) return rejected(...faults);
  const { status = before.status } = given;
  const others = fixedFaults('opportunity', before, pick(given, 'pipelineId', 'source', 'openedAt'));
  if (status === 'open' && before.status !== 'open')
    others.push({ path: 'status', message: `The opportunity is ${before.status} and cannot change.` });
  const pipeline = known.pipelines.get(before.pipelineId);
  const steps = [
    ...patchSteps(before, fields.data, (record, changes) => changedOpportunity(now, record, changes)),
    ...(pipeline ? advance(now, pipeline, given) : []),
    ...(status === before.status ? [] : close(now, given, now)),
  ];
  return applySteps({ after: before, events: [] }, steps, others);
};

const needed = true;

export const importableOpportunities = importable<StoredOpportunity, LookedUp>({
  name: 'opportunities',
  area: 'sales',
  entity: opportunities,
  key: 'externalId',
  fields: {
    externalId: keyColumn('id opportunityid dealid dealno opportunityno recid recordid'),
    ...customerColumns,
    name: { is: 'text', needed, words: 'dealname opportunityname opportunity deal title subject' },
    pipelineId: { is: 'text', needed, words: 'pipeline' },
    stage: { is: 'text', needed, words: 'dealstage salesstage phase' },
    status: { is: 'word', needed, words: 'dealstatus state' },
    reason: { is: 'text', words: 'lostreason wonreason closereason' },
    currency: currencyColumn,
    amount: { is: 'money', words: 'value dealvalue dealamount expectedrevenue betrag' },
    closeOn: { is: 'date', words: 'closedate expectedclose expectedclosedate' },
    ownerId: { is: 'text', words: 'owner salesperson assignedto' },
    source: { is: 'text', words: 'leadsource dealsource' },
    openedAt: { is: 'instant', needed, words: 'createdat createddate created opened date' },
    closedAt: { is: 'instant', needed, words: 'closeddate closed wonat lostat' },
  },
  lookUp: async (store, rows) => {
    const [customers, pipelines] = await Promise.all([
      resolveCustomers(store, rows.flatMap(customerReferences)),
      allPipelines(store),
    ]);
    return { customers, pipelines: new Map(pipelines.map(pipeline => [pipeline.id, pipeline])) };
  },
  decide: ([{ given } = { given: {} }], before, context) =>
    before ? change(given, before, context) : create(given, context),
  written: writeOpportunity,
});

import { importable } from '../../shared/imports/importable.ts';
import {
  customerColumns,
  customerReferences,
  maxReferenceLength,
  resolveCustomers,
} from '../importables/customer-columns.ts';
import { currencyColumn } from '../importables/steps.ts';
import { allPipelines } from '../pipelines/find-pipelines.ts';
import { opportunities, type StoredOpportunity } from './opportunity.ts';
import { writeOpportunity } from './opportunity-changes.ts';
import { changeFromRow, createFromRow, type LookedUp } from './opportunity-rows.ts';

const needed = true;

export const importableOpportunities = importable<StoredOpportunity, LookedUp>({
  name: 'opportunities',
  area: 'sales',
  entity: opportunities,
  key: 'externalId',
  fields: {
    externalId: {
      is: 'text',
      needed,
      most: maxReferenceLength,
      words: 'id opportunityid dealid dealno opportunityno recid recordid',
    },
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
  lacks: () => undefined,
  lookUp: async (store, rows) => {
    const [customers, pipelines] = await Promise.all([
      resolveCustomers(store, rows.flatMap(customerReferences)),
      allPipelines(store),
    ]);
    return { customers, pipelines: new Map(pipelines.map(pipeline => [pipeline.id, pipeline])) };
  },
  decide: ([{ given } = { given: {} }], before, context) =>
    before ? changeFromRow(given, before, context) : createFromRow(given, context),
  written: writeOpportunity,
});

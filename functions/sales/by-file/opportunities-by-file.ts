import { importable } from '../../shared/imports/importable.ts';
import type { Store } from '../../shared/store/store.ts';
import { opportunities, type StoredOpportunity } from '../opportunity.ts';
import { written } from '../opportunity-life.ts';
import { builtIn, pipelines } from '../pipeline.ts';
import { currencyColumn } from './currency-column.ts';
import { knownOpportunity } from './known-opportunity.ts';
import { customerFields, lookUpNames, mostNameCharacters, namesIn } from './named-in.ts';
import { newOpportunity } from './new-opportunity.ts';
import type { Known } from './opportunity-rows.ts';

/** more than any company has */
const mostPipelines = 1_000;

/** the built-in pipeline, and those there are */
const pipelinesOf = async (store: Store): Promise<Known['pipelines']> => {
  const { items } = await store.list(pipelines, 'all', 'all', { limit: mostPipelines });
  return new Map([builtIn, ...items].map(one => [one.id, one]));
};

const needed = true;

export const opportunitiesByFile = importable<StoredOpportunity, Known>({
  name: 'opportunities',
  area: 'sales',
  entity: opportunities,
  key: 'externalId',
  fields: {
    externalId: {
      is: 'text',
      needed,
      most: mostNameCharacters,
      words: 'id opportunityid dealid dealno opportunityno recid recordid',
    },
    ...customerFields,
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
    const [names, found] = await Promise.all([lookUpNames(store, rows.flatMap(namesIn)), pipelinesOf(store)]);
    return { names, pipelines: found };
  },
  decide([row], before, how) {
    const given = row?.given ?? {};
    return before ? knownOpportunity(given, before, how) : newOpportunity(given, how);
  },
  written,
});

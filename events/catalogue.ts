import * as activityEvents from './activity.ts';
import * as agentEvents from './agent.ts';
import * as assetEvents from './asset.ts';
import * as bulkEvents from './bulk.ts';
import * as caseEvents from './case.ts';
import * as consentEvents from './consent.ts';
import * as customerEvents from './customer.ts';
import type { EventType } from './define.ts';
import * as documentEvents from './document.ts';
import * as duplicateEvents from './duplicate.ts';
import * as erasureEvents from './erasure.ts';
import * as exportEvents from './export.ts';
import * as hygieneEvents from './hygiene.ts';
import * as importEvents from './import.ts';
import * as invoiceEvents from './invoice.ts';
import * as jobEvents from './job.ts';
import * as leadEvents from './lead.ts';
import * as listEvents from './list.ts';
import * as mergeEvents from './merge.ts';
import * as messageEvents from './message.ts';
import * as needEvents from './need.ts';
import * as opportunityEvents from './opportunity.ts';
import * as orderEvents from './order.ts';
import * as portalEvents from './portal.ts';
import * as promiseEvents from './promise.ts';
import * as provenanceEvents from './provenance.ts';
import * as purposeEvents from './purpose.ts';
import * as qualityEvents from './quality.ts';
import * as relationshipEvents from './relationship.ts';
import * as reportEvents from './report.ts';
import * as retentionEvents from './retention.ts';
import * as staffEvents from './staff.ts';
import * as templateEvents from './template.ts';
import * as topicEvents from './topic.ts';
import * as trackedEvents from './tracked.ts';
import * as triggerEvents from './trigger.ts';

/** the files that declare events; a test fails when one is missing here */
const declaredIn: Record<string, unknown>[] = [
  activityEvents,
  agentEvents,
  assetEvents,
  bulkEvents,
  caseEvents,
  consentEvents,
  customerEvents,
  documentEvents,
  duplicateEvents,
  erasureEvents,
  exportEvents,
  hygieneEvents,
  importEvents,
  invoiceEvents,
  jobEvents,
  leadEvents,
  listEvents,
  mergeEvents,
  messageEvents,
  needEvents,
  opportunityEvents,
  orderEvents,
  portalEvents,
  promiseEvents,
  provenanceEvents,
  purposeEvents,
  qualityEvents,
  relationshipEvents,
  reportEvents,
  retentionEvents,
  staffEvents,
  templateEvents,
  topicEvents,
  trackedEvents,
  triggerEvents,
];

const isEvent = (exported: unknown): exported is EventType =>
  typeof exported === 'object' &&
  exported !== null &&
  'context' in exported &&
  'data' in exported &&
  'example' in exported;

/** Every event that Rapport says, by context and name. */
export const catalogue: EventType[] = declaredIn
  .flatMap(exports => Object.values(exports).filter(isEvent))
  .sort((a, b) => (`${a.context} ${a.name}` < `${b.context} ${b.name}` ? -1 : 1));

import { caseClassified } from '../../../events/case.ts';
import { customerById } from '../../customers/reads.ts';
import { emit } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { type Case, cases } from '../cases/case.ts';
import { changeCase } from '../cases/change-case.ts';
import { calendars } from '../desk/business-calendar.ts';
import { allOf, readQueues } from '../desk/desk.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { classify } from './classify.ts';
import type { Step } from './step.ts';

const rulesOf = async (store: Parameters<typeof readQueues>[0]) => {
  const [queues, policies, hours] = await Promise.all([
    readQueues(store),
    allOf(store, slaPolicies),
    allOf(store, calendars),
  ]);
  return { queues, policies, calendars: hours };
};

/** the agent who last worked for the customer, by its latest cases */
const knownBy = async (store: Parameters<typeof readQueues>[0], { customerId, knownBy: before, id }: Case) => {
  if (before || !customerId) return before;
  const keep = (one: Case) => one.id !== id && one.knownBy !== null;
  const { items } = await store.belonging(cases, customerId, { limit: 1, keep });
  return items[0]?.knownBy ?? null;
};

export const classifyStep: Step = async (event, before, { now, store }) => {
  if (before.classifiedFor === event.id || before.status === 'closed') return;
  const { customerId, id, number } = before;
  const [customer, rules, known] = await Promise.all([
    customerId ? customerById(store, customerId) : undefined,
    rulesOf(store),
    knownBy(store, before),
  ]);
  // promises count from when the customer wrote, however late we look
  const { changed, reasons } = classify(before, customer, rules, event.occurredAt);
  const { after, changes } = changeCase(now, before, { ...changed, knownBy: known, classifiedFor: event.id });
  const { category, priority, language, queue, sla } = changed;
  const { policyId: slaPolicy, firstResponseDueAt, resolutionDueAt } = sla;
  const data = { number, category, priority, language, queue, slaPolicy, firstResponseDueAt, resolutionDueAt };
  const outcome = `${after.queue}, ${after.priority}`;
  const decision = customerId
    ? [decided(now, { customerId, kind: 'classification', outcome, reasons, cause: id })]
    : [];
  await store.commit([...changes, emit(caseClassified, { customerId, about: id, data }), ...decision]);
};

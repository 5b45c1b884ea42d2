import { caseAcknowledged, caseClassified, caseQueued } from '../../../events/case.ts';
import { assign } from '../../assignment/assign.ts';
import { type BusinessCalendar, calendars, openingTimer } from '../../assignment/business-calendar.ts';
import { readCandidates } from '../../assignment/candidates.ts';
import { preferenceSettings } from '../../consent/preference-settings.ts';
import { voiceOf } from '../../consent/service-mail.ts';
import { customerById } from '../../customers/reads.ts';
import { env } from '../../shared/aws/env.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, eventOf } from '../../shared/store/changes.ts';
import type { Choice } from '../../shared/store/decision.ts';
import { asItIs, decidedUnder, lockOn, written } from '../../shared/store/lock.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { normaliseEmail } from '../../shared/text/email.ts';
import { minus } from '../../shared/time/duration.ts';
import { type Case, cases } from '../cases/case.ts';
import { assignment, changeCase, decisionOf } from '../cases/case-changes.ts';
import { acknowledgement } from '../cases/case-emails.ts';
import { readCategories } from '../desk/category.ts';
import { prioritySettings } from '../desk/priority-settings.ts';
import { general, ruleOf } from '../desk/queue.ts';
import { readQueues } from '../desk/read-desk.ts';
import { slaPolicies } from '../desk/sla-policy.ts';
import { classify } from './classify.ts';
import { whyAutomatic } from './read-text.ts';
import type { Terms } from './sla.ts';

/** the event that a run of the workflow was started by */
export type Cause = { id: string; tenant: string; occurredAt: string; about: string };

type Context = Pick<Ctx, 'now' | 'store'>;

/** A part of what is decided about a case, with what it brings about. */
type Part = {
  fields: Partial<Case>;
  changes: (after: Case) => Change[];
  decision: Choice;
};

const mostCases = 10;

/** what the routing of a case depends on */
const readFacts = async (store: Store, { customerId, id }: Case) => {
  const hours = allOf(store, calendars);
  const [rules, candidates, settings, customer, others] = await Promise.all([
    readRules(store, hours),
    readCandidates(store, hours),
    preferenceSettings.of(store),
    customerId ? customerById(store, customerId) : undefined,
    customerId ? store.belonging(cases, customerId, { limit: mostCases, keep: one => one.id !== id }) : undefined,
  ]);
  return { rules, candidates, settings, customer, others: others?.items ?? [] };
};
type Facts = Awaited<ReturnType<typeof readFacts>>;

const readRules = async (store: Store, hours: Promise<BusinessCalendar[]>) => {
  const [queues, policies, calendars, categories, priorities] = await Promise.all([
    readQueues(store),
    allOf(store, slaPolicies),
    hours,
    readCategories(store),
    prioritySettings.of(store),
  ]);
  return { queues, policies, calendars, categories, priorities };
};

const termsOf = ({ sla }: Case, { rules }: Facts): Terms => ({
  policy: rules.policies.find(({ id }) => id === sla.policyId),
  hours: rules.calendars.find(({ id }) => id === sla.calendarId) ?? null,
});

const classified = (event: Cause, before: Case, { customer, rules, others }: Facts): Part => {
  // due times count from when the customer wrote, however late this runs
  const { fields, reasons } = classify(before, customer, rules, event.occurredAt);
  const { policyId: slaPolicy, firstResponseDueAt, resolutionDueAt } = fields.sla;
  // the agent who last worked for the customer, by its latest cases
  const knownBy = before.knownBy ?? others.find(one => one.knownBy)?.knownBy ?? null;
  return {
    fields: { ...fields, knownBy, classifiedFor: event.id },
    changes: after => [
      eventOf(caseClassified, after, {
        ...fields,
        first: !before.classifiedFor,
        slaPolicy,
        firstResponseDueAt,
        resolutionDueAt,
      }),
    ],
    decision: { kind: 'classification', outcome: `${fields.queue}, ${fields.priority}`, reasons },
  };
};

const placed = async (before: Case, { candidates, rules }: Facts, { now, store }: Context): Promise<Part> => {
  const queueOf = rules.queues.find(({ id }) => id === before.queue) ?? general;
  const { who, why: reasons, whyNot, opening } = assign(before, candidates, ruleOf(queueOf), now);
  if (who) {
    const { fields, event } = assignment(before, who, 'routed');
    return {
      fields,
      changes: after => [event(after)],
      decision: { kind: 'routing', outcome: `assigned to ${who.id}`, reasons, whyNot },
    };
  }
  const queue = before.queue ?? general.id;
  const timer = await openingTimer(store, opening);
  return {
    fields: { status: 'queued', queue, queuedAt: now },
    changes: after => [eventOf(caseQueued, after, { queue, previousAgentId: null }), ...timer],
    decision: { kind: 'routing', outcome: `queued in ${queue}`, reasons, whyNot },
  };
};

/** two systems that answer each other must come to an end */
const mostAcknowledged = { count: 5, within: 'PT1H' };

type Verdict = { objection: string | null; closing: Change[] };

/** whether the customer was sent enough of them; `closing` is to be written with the next one */
const limited = async ({ id, customerId }: Case, { now, store }: Context): Promise<Verdict> => {
  const lock = await lockOn(store, `acknowledgements ${customerId}`);
  const since = minus(now, mostAcknowledged.within);
  const keep = ({ acknowledgedAt }: Case) => acknowledgedAt !== null && acknowledgedAt > since;
  const { items } = await store.belonging(cases, customerId ?? '', { limit: mostAcknowledged.count, keep });
  const found = (await asItIs(store, cases, items, [lock])).filter(keep);
  if (found.length < mostAcknowledged.count) {
    return { objection: null, closing: [decidedUnder(lock, [written(cases, { id })])] };
  }
  const objection = `${mostAcknowledged.count} cases of the customer were acknowledged in the last hour`;
  return { objection, closing: [] };
};

const acknowledged = async (before: Case, { customer, settings, rules }: Facts, ctx: Context): Promise<Part> => {
  const { number, sla, language } = before;
  const voice = voiceOf(settings, { locale: customer?.locale ?? language ?? undefined });
  const hours = rules.calendars.find(({ id }) => id === sla.calendarId);
  const message = acknowledgement(before, customer, { voice, hours });
  const unwanted =
    whyAutomatic(
      { ...before, addresses: [customer?.email, before.from?.email] },
      { received: voice.words.receivedSubject, addresses: [normaliseEmail(env.mailFrom()), settings.repliesTo] },
    ) ?? (message.length ? null : 'the customer has no address');
  const { objection, closing } = unwanted ? { objection: unwanted, closing: [] } : await limited(before, ctx);
  const event = (after: Case) => eventOf(caseAcknowledged, after, { expectedBy: sla.firstResponseDueAt });
  const outcome = objection ? 'withheld' : 'sent';
  return {
    fields: { acknowledgement: outcome, acknowledgedAt: objection ? null : ctx.now },
    changes: after => (objection ? [] : [...message, event(after), ...closing]),
    decision: { kind: 'acknowledgement', outcome, reasons: [objection ?? `first acknowledgement of case ${number}`] },
  };
};

/**
 * Classifies, places and acknowledges a case in one commit. What was done before, by the same run or another, is not done
 * again.
 */
export const route = async (event: Cause, before: Case, ctx: Context): Promise<Case> => {
  const due = {
    class: before.classifiedFor !== event.id && before.status !== 'closed',
    place: before.status === 'new' || before.status === 'reopened',
    acknowledgement: !before.acknowledgement && before.customerId !== null,
  };
  if (!Object.values(due).includes(true)) return before;
  const { now, store } = ctx;
  const facts = await readFacts(store, before);
  const parts: Part[] = [];
  const soFar = () => Object.assign({}, before, ...parts.map(({ fields }) => fields)) as Case;
  if (due.class) parts.push(classified(event, before, facts));
  if (due.place) parts.push(await placed(soFar(), facts, ctx));
  if (due.acknowledgement) parts.push(await acknowledged(soFar(), facts, ctx));
  const terms = termsOf(soFar(), facts);
  const { after, changes } = changeCase(now, before, soFar(), { involved: facts.candidates, terms });
  const [first, ...also] = parts.map(({ decision }) => decision);
  const further = parts.flatMap(part => part.changes(after));
  await store.commit([...changes, ...further, ...decisionOf(now, before, first!, ...also)]);
  return after;
};

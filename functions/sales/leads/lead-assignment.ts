import { leadAssigned, leadQueued, leadResponseDue } from '../../../events/lead.ts';
import { type Assignment, assign, firstMatch } from '../../assignment/assign.ts';
import { openingTimer } from '../../assignment/business-calendar.ts';
import { filterByCondition } from '../../customer-facts/reads.ts';
import type { Customer } from '../../customers/customer.ts';
import { customerById } from '../../customers/reads.ts';
import { teams } from '../../organisation/team.ts';
import { evaluate } from '../../shared/conditions/condition.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, eventOf, schedule, updated } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import { allOf, everyRecord } from '../../shared/store/record-page.ts';
import { VersionConflict } from '../../shared/store/transaction.ts';
import { addBusinessTime } from '../../shared/time/business-time.ts';
import { plus } from '../../shared/time/duration.ts';
import { type AssignmentRule, assignmentRules, ruleOf } from './assignment-rule.ts';
import { leads, type StoredLead } from './lead.ts';
import { writeLead } from './lead-changes.ts';
import { type Rep, readReps, turnTaken } from './lead-load.ts';
import { type WaitingLead, waitingLeads } from './waiting-lead.ts';

type How = 'routed' | 'pulled' | 'overdue' | 'returned';

const rulesByRank = async (ctx: Ctx) =>
  (await allOf(ctx.store, assignmentRules)).toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));

/** the teams in whose territories a customer is */
const territoriesOf = async (customer: Customer, { to: { territory } }: AssignmentRule, ctx: Ctx) => {
  if (territory === undefined) return undefined;
  const all = await allOf(ctx.store, teams);
  const asked = territory === true ? all : all.filter(({ id }) => id === territory);
  const found = asked.map(async ({ id, territories }) =>
    territories && (await filterByCondition([customer as never], territories, ctx)).length ? [id] : [],
  );
  return (await Promise.all(found)).flat();
};

type Applying = { rule: AssignmentRule; teams: string[] | undefined; reasons: string[] };

/** the first rule that matches a lead; one for a territory does where the customer is in one */
const ruleFor = async (lead: StoredLead, customer: Customer, ctx: Ctx): Promise<Applying | undefined> => {
  const attributes = { ...lead, customer };
  for (const rule of await rulesByRank(ctx)) {
    const { holds, reasons } = rule.match
      ? evaluate(rule.match, { attributes, now: ctx.now })
      : { holds: true, reasons: ['takes every lead'] };
    if (!holds) continue;
    const teams = await territoriesOf(customer, rule, ctx);
    if (!teams || teams.length) return { rule, teams, reasons: [`rule ${rule.id}: ${reasons.join('; ')}`] };
  }
  return undefined;
};

type Given = { rule: AssignmentRule; how: How; assignment: Assignment<Rep>; also?: string[] };

/** a lead goes to who was chosen, and has to be responded to in the time that its rule gives, in the hours of that one */
const givenTo = (before: StoredLead, who: Rep, { rule, how, assignment, also = [] }: Given, now: string): Change[] => {
  const { respondWithin: time } = rule;
  const respondBy = time ? (who.hours ? addBusinessTime(who.hours, now, time) : plus(now, time)) : null;
  const fields = { ownerId: who.id, ruleId: rule.id, assignedAt: now, respondBy, waiting: null };
  const after = updated(now, before, fields);
  const { customerId, id } = after;
  const reasons = [...also, ...assignment.why];
  return [
    ...writeLead(before, after),
    turnTaken(now, who, rule.id),
    eventOf(leadAssigned, after, { how, previousOwnerId: before.ownerId, ruleId: rule.id }),
    ...(respondBy ? [schedule(respondBy, leadResponseDue, { about: id, data: { of: respondBy } })] : []),
    ...decisionOn(customerId, now, { id, outcome: `assigned to ${who.id}`, reasons, whyNot: assignment.whyNot }),
  ];
};

type Decided = { id: string; outcome: string; reasons: string[]; whyNot?: Record<string, string> };

const decisionOn = (customerId: string | null, now: string, { id: cause, ...choice }: Decided) =>
  customerId ? [decided(now, { customerId, cause, kind: 'assignment', ...choice })] : [];

type Routing = { how: How; without?: string | null };

/** Gives a lead to somebody by the rules, or has it wait; `without`: who is not to have it. */
export const routeLead = async (before: StoredLead, { how, without = null }: Routing, ctx: Ctx): Promise<void> => {
  const { store, now } = ctx;
  const { customerId, id, openedAt } = before;
  const customer = customerId ? await customerById(store, customerId) : undefined;
  const applying = customer && (await ruleFor(before, customer, ctx));
  if (!customer || !applying) return;
  const { rule, teams, reasons: also } = applying;
  const knownBy = customer.ownerId ?? null;
  const language = customer.locale?.split(/[-_]/)[0] ?? null;
  const work = { language, knownBy, ...(teams ? { teams } : {}) };
  const reps = (await readReps(store)).filter(one => one.id !== without);
  const assignment = assign(work, reps, ruleOf(rule), now);
  if (assignment.who) {
    await store.commit(givenTo(before, assignment.who, { rule, how, assignment, also }, now));
    return;
  }
  // who has it keeps it where there is no other
  if (how === 'overdue') {
    const outcome = `stays with ${before.ownerId}`;
    await store.commit(
      decisionOn(customerId, now, { id, outcome, reasons: assignment.why, whyNot: assignment.whyNot }),
    );
    return;
  }
  const waiting = { leadId: id, ruleId: rule.id, openedAt, ...work };
  const after = updated(now, before, { ownerId: null, ruleId: rule.id, assignedAt: null, respondBy: null, waiting });
  await store.commit([
    ...writeLead(before, after),
    eventOf(leadQueued, after, { ruleId: rule.id, previousOwnerId: before.ownerId }),
    ...(await openingTimer(store, assignment.opening)),
    ...decisionOn(customerId, now, {
      id,
      outcome: `waits under ${rule.id}`,
      reasons: [...also, ...assignment.why],
      whyNot: assignment.whyNot,
    }),
  ]);
};

/** Gives the oldest waiting lead of the first rule that has one to somebody who is free; that event continues. */
export const pullLead = async (ctx: Ctx): Promise<void> => {
  const { store, now } = ctx;
  const rules = await rulesByRank(ctx);
  const lists = rules.map(rule => ({
    rule: ruleOf(rule),
    waiting: everyRecord(store, waitingLeads, ['waiting-lead', rule.id], { limit: 50, upwards: true }),
  }));
  const found = await firstMatch<WaitingLead, Rep>(lists, await readReps(store), now);
  if (!found.work) {
    const timer = await openingTimer(store, found.opening);
    if (timer.length) await store.commit(timer);
    return;
  }
  const before = await store.get(leads, { id: found.work.leadId });
  if (!before?.waiting) throw new VersionConflict('no longer waiting');
  const { who } = found.assignment;
  const rule = rules.find(({ id }) => id === found.rule.id)!;
  const also = [`waited since ${before.updatedAt}`];
  await store.commit(givenTo(before, who, { rule, how: 'pulled', assignment: found.assignment, also }, now));
};

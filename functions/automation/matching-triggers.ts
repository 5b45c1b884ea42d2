import { customerWithConsents, eventsOf, provenanceFactsFor } from '../customer-facts/reads.ts';
import { customerById } from '../customers/reads.ts';
import { evaluate, type Facts } from '../shared/conditions/condition.ts';
import { factsAskedBy } from '../shared/conditions/required-facts.ts';
import type { Ctx } from '../shared/http/context.ts';
import { compile } from '../shared/patterns/pattern.ts';
import type { Store } from '../shared/store/store.ts';
import { type ActiveTrigger, activeTriggers } from './trigger.ts';

type Event = { type: string; source: string; id: string; data: unknown };

const mostCompiled = 5_000;
const compiled = new Map<string, ReturnType<typeof compile>>();

const matcherOf = (tenant: string, { id, version, when }: ActiveTrigger) => {
  const key = `${tenant} ${id} ${version}`;
  const matcher = compiled.get(key) ?? compile(when);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, matcher);
  return matcher;
};

/** The active triggers that match an event: one query per key of the event, whatever the number of triggers. */
export const matchingTriggers = async ({ store, tenant }: Ctx, event: Event) => {
  const { type, source, ...detail } = event;
  const busEvent = { source, 'detail-type': type, detail };
  const concerned = await activeTriggers.concerned(store, event);
  return concerned.filter(trigger => matcherOf(tenant, trigger)(busEvent));
};

/** what the conditions of some triggers depend on, as of an instant; undefined where the customer does not exist */
export const factsFor = async (store: Store, customerId: string, matched: Pick<ActiveTrigger, 'if'>[]) => {
  const needed = factsAskedBy(matched.map(trigger => trigger.if));
  const [known, events, knowledge] = await Promise.all([
    needed.consents
      ? customerWithConsents(store, customerId)
      : customerById(store, customerId).then(customer => customer && { customer, consents: [] }),
    needed.types.size ? eventsOf(store, customerId, [...needed.types]) : [],
    provenanceFactsFor(store, needed.confidence),
  ]);
  if (!known) return undefined;
  const { customer, consents } = known;
  return (now: string) =>
    ({ attributes: customer, consents, events, known: knowledge(customer, now), now }) satisfies Facts;
};

export type Judged = { trigger: ActiveTrigger; fires: boolean; reasons: string[] };

/** Whether a matching trigger fires for a customer, and why. Pure. */
export const judge = (trigger: ActiveTrigger, type: string, facts: Facts): Judged => {
  const matched = `${type} matches trigger "${trigger.name}"`;
  if (!trigger.if) return { trigger, fires: true, reasons: [matched] };
  const { holds, reasons } = evaluate(trigger.if, facts);
  return { trigger, fires: holds, reasons: [matched, ...reasons] };
};
